"""The limit on questions by name: a bucket per address that fills again, in bounded memory."""

from services.certificate.entrypoints.rate_limit import TokenBuckets


class Stopwatch:
    def __init__(self):
        self.at = 0.0

    def __call__(self):
        return self.at


def test_bucket_empties_and_fills_again():
    watch = Stopwatch()
    buckets = TokenBuckets(2, 60, seconds=watch)
    assert [buckets.take("a").is_allowed for _ in range(3)] == [True, True, False]
    watch.at = 1.0
    assert [buckets.take("a").is_allowed for _ in range(2)] == [True, False]
    watch.at = 1_000.0
    assert [buckets.take("a").is_allowed for _ in range(3)] == [True, True, False]


def test_addresses_do_not_share_a_bucket():
    buckets = TokenBuckets(1, 1, seconds=Stopwatch())
    assert buckets.take("a").is_allowed
    assert buckets.take("b").is_allowed
    assert not buckets.take("a").is_allowed


def test_refusal_says_when_to_come_back():
    buckets = TokenBuckets(1, 6, seconds=Stopwatch())
    assert "Retry-After" not in buckets.take("a").headers()
    assert buckets.take("a").headers() == {
        "RateLimit-Policy": '"lookup";q=1;w=60',
        "RateLimit": '"lookup";r=0;t=10',
        "Retry-After": "10",
    }


def test_addresses_seen_long_ago_are_forgotten():
    buckets = TokenBuckets(1, 1, seconds=Stopwatch(), capacity=2)
    for address in "abc":
        buckets.take(address)
    assert buckets.take("a").is_allowed
    assert not buckets.take("c").is_allowed
