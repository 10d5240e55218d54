"""Tests cannot reach the network: what passes here passes where there is none."""

import socket

import pytest


def test_connecting_to_another_machine_is_refused():
    with socket.socket() as probe, pytest.raises(RuntimeError, match="must not connect"):
        probe.connect(("192.0.2.1", 80))
