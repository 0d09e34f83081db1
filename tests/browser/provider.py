"""The smallest identity provider: it signs whoever comes in as the subject that it was started with."""

import sys
import time
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

PORT, SUBJECT = int(sys.argv[1]), sys.argv[2]
ISSUER = f"http://127.0.0.1:{PORT}"
KEY = RSAKey.generate_key(2048, {"kid": "1"})
ASKED: dict[str, str] = {}


async def configuration(request: Request):
    places = {name: f"{ISSUER}/{name}" for name in ("authorize", "token", "keys")}
    return JSONResponse(
        {
            "issuer": ISSUER,
            "authorization_endpoint": places["authorize"],
            "token_endpoint": places["token"],
            "jwks_uri": places["keys"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
    )


async def authorize(request: Request):
    asked = request.query_params
    ASKED["nonce"], ASKED["client"] = asked.get("nonce", ""), asked["client_id"]
    answer = urlencode({"code": "c", "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 303)


async def token(request: Request):
    assert parse_qs((await request.body()).decode())["code"] == ["c"]
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": SUBJECT, "aud": ASKED["client"], "iat": now, "exp": now + 300}
    claims |= {"nonce": ASKED["nonce"], "name": "Tên mẫu", "roles": ["administrator"]}
    signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, KEY)
    return JSONResponse({"id_token": signed, "access_token": "t", "token_type": "Bearer"})


async def keys(request: Request):
    return JSONResponse({"keys": [KEY.as_dict(private=False)]})


ROUTES = [
    Route("/.well-known/openid-configuration", configuration),
    Route("/authorize", authorize),
    Route("/token", token, methods=["POST"]),
    Route("/keys", keys),
]

if __name__ == "__main__":
    uvicorn.run(Starlette(routes=ROUTES), host="127.0.0.1", port=PORT, log_level="warning")
