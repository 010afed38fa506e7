import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "debian"))

import database
from flask import Flask, abort, jsonify, request
from flask_cors import CORS
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    decode_token,
    get_current_user,
    get_jwt,
    jwt_required,
)
from serve import serve
from werkzeug.exceptions import TooManyRequests

app = Flask(__name__)
app.config["JWT_SECRET_KEY"] = "of this test, and long enough for HMAC with SHA-256"
app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(seconds=int(os.environ["ACCESS_SECONDS"]))
CORS(
    app,
    origins=[os.environ["ORIGIN"]],
    expose_headers=["WWW-Authenticate", "Retry-After", "Date"],
    supports_credentials=True,
)
jwt = JWTManager(app)
levers = {"throttle": False}


@jwt.user_lookup_loader
def load_user(_header, payload):
    return database.find_user(payload["sub"])


@jwt.token_in_blocklist_loader
def is_revoked(_header, payload):
    return payload["type"] == "refresh" and not database.has_refresh_token(payload["jti"])


@app.post("/auth/login")
def sign_in():
    user = database.user_with(request.json["username"], request.json["password"])
    return issue_tokens(user) if user else (jsonify(msg="Bad username or password"), 401)


@app.before_request
def throttle():
    if request.endpoint == "refresh" and request.method == "POST" and levers["throttle"]:
        levers["throttle"] = False
        raise TooManyRequests(retry_after=1)


@app.post("/auth/refresh")
@jwt_required(refresh=True)
def refresh():
    if not database.delete_refresh_token(get_jwt()["jti"]):
        return jsonify(msg="Token has been revoked"), 401
    return issue_tokens(get_current_user())


@app.get("/api/me")
@jwt_required()
def me():
    return jsonify(name=get_current_user())


@app.post("/levers/<lever>")
def pull_lever(lever):
    name = request.json.get("user")
    if lever == "revoke":
        database.delete_refresh_tokens_of(name)
    elif lever == "delete-user":
        database.delete_user(name)
    elif lever == "throttle":
        levers["throttle"] = True
    else:
        abort(404)
    return "", 204


def issue_tokens(user):
    refresh_token = create_refresh_token(user)
    database.add_refresh_token(decode_token(refresh_token)["jti"], user)
    return jsonify(access_token=create_access_token(user), refresh_token=refresh_token)


database.create()
serve(app)
