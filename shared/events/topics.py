"""One table of the topics: owner, consumers, key and what they carry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, who writes it, who reads it, and by what its order is kept."""

    name: str
    owner: str
    consumers: tuple[str, ...]
    key: str
    about: str


TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        Topic(
            "registration.applications",
            "registration",
            ("exam", "certificate"),
            "application_id",
            "the decisions on applications",
        ),
        Topic(
            "exam.plans",
            "exam",
            ("registration", "grading", "certificate"),
            "plan_id",
            "the life of exam plans, with their frozen blueprints",
        ),
        Topic(
            "exam.sittings",
            "exam",
            ("registration", "grading"),
            "application_id",
            "seats, check-in, absence, interviews, unsealed works",
        ),
        Topic("exam.works", "exam", ("grading",), "work_code", "handed-in works, without a person"),
        Topic("grading.marking", "grading", ("exam",), "plan_id", "the end of marking"),
        Topic("grading.results", "grading", ("registration", "certificate"), "application_id", "released results"),
        Topic(
            "certificate.certificates",
            "certificate",
            ("registration",),
            "application_id",
            "issued and revoked certificates",
        ),
    )
}
