"""Serves a WSGI application in the way that the harness wants."""

import os
import sys
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIServer, make_server

USERS = ("alice", "bob")


def password_of(user):
    return f"{user}-pass"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


def serve(application):
    Thread(target=end_with_parent, daemon=True).start()
    port = int(os.environ["PORT"])
    make_server("127.0.0.1", port, application, server_class=Server).serve_forever()


def end_with_parent():
    # The harness never writes; the read returns when it closes the pipe or dies.
    sys.stdin.read()
    os._exit(0)
