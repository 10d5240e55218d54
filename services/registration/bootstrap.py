"""Puts registration together; the arguments are the seams for tests."""

from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.registration.adapters.unit_of_work import RegistrationWork
from services.registration.adapters.vault import SealedVault
from services.registration.application.intake import Intake
from services.registration.entrypoints import api, batches_api, institutions_api, intake_loop
from services.registration.entrypoints.deps import Deps
from services.registration.entrypoints.places import UploadPlaces
from services.registration.entrypoints.subscriptions import SUBSCRIPTION
from services.registration.settings import Settings
from shared.clock import Clock
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service


def build(settings: Settings | None = None, *, clock: Clock | None = None) -> Service:
    """Return the service, reading the environment unless settings are given."""
    settings = settings or Settings()
    clock = clock or settings.clock()
    engine = create_engine(
        settings.database_url,
        application="registration",
        pool_size=settings.pool_size,
        deadline=settings.database_deadline,
        clock=clock,
    )
    wake, arrived = Wake(), Wake()
    work = partial(RegistrationWork, engine, wake.set)
    vault = SealedVault(settings.sealer())
    intake = Intake(work, vault, clock, lease=settings.batch_lease)
    return Service(
        name="registration",
        settings=settings,
        clock=clock,
        engine=engine,
        routers=(institutions_api.router, batches_api.router, api.router),
        subscription=SUBSCRIPTION,
        work=work,
        wake=wake,
        background=(partial(intake_loop.run, intake, arrived),),
        deps=Deps(
            work=work,
            vault=vault,
            clock=clock,
            settings=settings,
            token_key=_token_key(settings),
            uploads=UploadPlaces(settings.uploads_at_once, settings.upload_limit),
            arrived=arrived,
        ),
    )


def _token_key(settings: Settings) -> Ed25519PrivateKey:
    if settings.signing_key_file is None:
        return Ed25519PrivateKey.generate()
    key = load_pem_private_key(settings.signing_key_file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        msg = "registration signs tokens with an Ed25519 key"
        raise TypeError(msg)
    return key
