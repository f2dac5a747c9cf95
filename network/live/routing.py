"""Addresses of sockets."""

from django.urls import path, re_path

from network.live.consumers import live_socket, no_such_socket

sockets = [path("ws/", live_socket), re_path(r"", no_such_socket)]
