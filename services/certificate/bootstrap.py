"""The composition root: everything the certificate service is made of, put together in one place."""

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certificate.adapters.live_register import LiveRegister
from services.certificate.adapters.press import TypstPress
from services.certificate.adapters.signer import Ed25519Notary, read_key
from services.certificate.adapters.unit_of_work import CertificateWork
from services.certificate.application.desk import Desk
from services.certificate.application.keyring import KeyRing
from services.certificate.application.memory import Memory
from services.certificate.domain.credential import Issuer
from services.certificate.domain.issuer import did_of
from services.certificate.entrypoints import api, pages, public_api
from services.certificate.entrypoints.deps import Deps
from services.certificate.entrypoints.rate_limit import TokenBuckets
from services.certificate.entrypoints.subscriptions import subscription
from services.certificate.settings import Settings
from shared.clock import Clock
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service
from shared.standards.catalogue import Catalogue

_log = structlog.get_logger(__name__)


def build(settings: Settings | None = None, *, clock: Clock | None = None) -> Service:
    """Return the service, from the environment unless settings are given."""
    settings = settings or Settings()
    clock = clock or settings.clock()
    engine = create_engine(
        settings.database_url,
        application="certificate",
        pool_size=settings.pool_size,
        deadline=settings.database_deadline,
        clock=clock,
    )
    wake = Wake()
    desk = _desk(settings, clock)

    def open_work() -> CertificateWork:
        return CertificateWork(engine, wake.set)

    lookups = TokenBuckets(settings.lookup_burst, settings.lookups_per_minute)
    return Service(
        name="certificate",
        settings=settings,
        clock=clock,
        engine=engine,
        routers=(public_api.direct, api.router, public_api.router, pages.router),
        subscription=subscription(desk),
        work=open_work,
        wake=wake,
        deps=Deps(desk, TypstPress(desk.issuer), open_work, LiveRegister(engine), lookups),
    )


def _desk(settings: Settings, clock: Clock) -> Desk:
    host = settings.public_url.rstrip("/")
    issuer = Issuer(host, did_of(host), settings.issuer_name, settings.issuer_name_en)
    notary = Ed25519Notary(_key(settings), issuer.did)
    return Desk(
        issuer=issuer,
        prefix=settings.number_prefix,
        notary=notary,
        vault=settings.sealer(),
        clock=clock,
        keys=KeyRing(issuer, notary),
        catalogue=Catalogue(settings.standards_dir),
        memory=Memory(settings.remembered_credentials),
    )


def _key(settings: Settings) -> Ed25519PrivateKey:
    if settings.signing_key_file is not None:
        return read_key(settings.signing_key_file)
    _log.warning("certificate.key.generated", hint="set KAOZHENG_CERTIFICATE_SIGNING_KEY_FILE to keep one key")
    return Ed25519PrivateKey.generate()
