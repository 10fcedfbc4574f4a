# One image for web, worker and beat; docker-compose.yml gives each its command.
FROM python:3.11-slim-bookworm

# What WeasyPrint loads when it writes a document (docs/installatie.md names the same list).
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN groupadd --system --gid 10001 monitor \
    && useradd --system --uid 10001 --gid monitor --no-create-home --home-dir /nonexistent monitor \
    && install -d -o monitor -g monitor /data /data/files

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-deps --require-hashes -r requirements.txt

COPY . .

USER monitor
ENV DATA_DIR=/data

# Only here, and only to collect the static files, does the image run as a demonstration; the key is
# given so that none is made and kept in the image.
RUN MODE=demo SECRET_KEY=used-while-building-only python manage.py collectstatic --noinput \
    && rm -rf /data/broker

# From here on a missing setting stops the start.
ENV MODE=production
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
