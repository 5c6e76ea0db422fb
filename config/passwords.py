from django.contrib.auth.hashers import Argon2PasswordHasher


class SparingArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB for each sign-in, as OWASP advises.

    Django's 100 MiB, times all threads of a server, is more than a small machine has.
    """

    memory_cost = 19 * 1024
    parallelism = 1
