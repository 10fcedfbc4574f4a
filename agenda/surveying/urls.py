from django.urls import URLPattern, URLResolver, include, path

from agenda.surveying import views

survey_urls: list[URLPattern | URLResolver] = [
    path("", views.survey_manage, name="survey_manage"),
    path("gegevens/", views.survey_edit, name="survey_edit"),
    path("standaardvragen/", views.survey_standard, name="survey_standard"),
    path("vraag/", views.survey_question_add, name="survey_question_add"),
    path("vraag/<int:pk>/", views.survey_question_edit, name="survey_question_edit"),
    path("vraag/<int:pk>/weghalen/", views.survey_question_delete, name="survey_question_delete"),
    path("antwoorden/", views.survey_answers, name="survey_answers"),
    path("openbaar/", views.survey_publish, name="survey_publish"),
    path("geschiedenis/", views.survey_history, name="survey_history"),
]
desk_urls: list[URLPattern | URLResolver] = [
    path("", views.survey_manage_list, name="survey_manage_list"),
    path("nieuw/", views.survey_add, name="survey_add"),
    path("<slug:slug>/", include(survey_urls)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/clientervaring/", include(desk_urls)),
    path("clientervaring/", views.survey_list, name="survey_list"),
    path("clientervaring/<slug:slug>/", views.survey_detail, name="survey_detail"),
]
