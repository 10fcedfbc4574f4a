"""Files from outside: what may come in, what is in it, and what is said when it may not.

``field.UploadField`` is the door. Bytes of strangers are parsed in a process of their own
(``child.py``), with little memory and little time.
"""
