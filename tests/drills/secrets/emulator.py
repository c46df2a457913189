"""The server of moto, with what it leaves out: which secret a call is about, whether a role trusts a token, and functions.

AUTERITY_ISSUER_KEY names the file with the key that service account tokens are signed with; AUTERITY_FUNCTION the JSON file
with the command and the environment of the function that rotates.
"""

import json
import os
import re
import subprocess
import sys
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from moto.awslambda import utils as lambda_utils
from moto.core.exceptions import AccessDeniedError, JsonRESTError
from moto.iam.access_control import IAMPolicyStatement
from moto.iam.models import iam_backends
from moto.secretsmanager.exceptions import ClientError
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.server import main
from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse


def secret_arn(response: SecretsManagerResponse) -> str:
    """As AWS judges it: by ARN, also for a secret that does not exist."""
    name = json.loads(response.body or "{}").get("SecretId")
    if name is None:
        return "*"
    if name.startswith("arn:"):
        return name
    if name in response.backend.secrets:
        return response.backend.secrets[name].arn
    return f"arn:aws:secretsmanager:{response.region}:{response.current_account}:secret:{name}"


def matches(pattern: str, text: str) -> Any:
    """Wildcards of policies; moto takes all else for a regular expression."""
    parts = ({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL)


def claims_of(token: str) -> dict[str, Any]:
    with open(os.environ["AUTERITY_ISSUER_KEY"], encoding="utf8") as file:
        key = ECKey.import_key(file.read())
    return jwt.decode(token, key, algorithms=["ES256"]).claims


def is_trusted(role_arn: str, account: str, token: str) -> bool:
    try:
        claims = claims_of(token)
        role = iam_backends[account]["aws"].get_role_by_arn(role_arn)
    except Exception as error:  # Whatever is wrong with either, it is no reason to trust.
        print(f"AssumeRoleWithWebIdentity {role_arn}: {error!r}", file=sys.stderr)
        return False
    issuer = claims["iss"].removeprefix("https://")
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    known = {f"{issuer}:aud": audiences, f"{issuer}:sub": [claims["sub"]]}
    return any(
        statement["Effect"] == "Allow"
        and statement["Action"] == "sts:AssumeRoleWithWebIdentity"
        and list(statement["Condition"]) == ["StringEquals"]
        and all(value in known.get(name, []) for name, value in statement["Condition"]["StringEquals"].items())
        for statement in json.loads(role.assume_role_policy_document)["Statement"]
    )


authorize_signed = TokenResponse._authenticate_and_authorize_normal_action
assume_unasked = TokenResponse.assume_role_with_web_identity


def authorize_token(response: TokenResponse, resource: str = "*") -> None:
    """A token takes the place of a signature."""
    if response._get_action() != "AssumeRoleWithWebIdentity":
        authorize_signed(response, resource)


def assume(response: TokenResponse) -> Any:
    role_arn, token = response._get_param("RoleArn"), response._get_param("WebIdentityToken")
    if not is_trusted(role_arn, response.current_account, token):
        raise STSClientError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
    return assume_unasked(response)


authorize_any = SecretsManagerResponse._authenticate_and_authorize_normal_action


def authorize_secret(response: SecretsManagerResponse, resource: str = "*") -> None:
    """Refuses in JSON as this service does; moto's own refusal is XML, which no client of it reads."""
    try:
        authorize_any(response, resource)
    except AccessDeniedError as error:
        raise JsonRESTError("AccessDeniedException", error.message) from error


class RotationFunction:
    """Run by its own runtime instead of in a container."""

    def get_function(self, arn: str) -> None:
        """Whatever the name, there is this one."""

    def invoke(self, arn: str, *, body: str, **_: Any) -> None:
        with open(os.environ["AUTERITY_FUNCTION"], encoding="utf8") as file:
            function = json.load(file)
        run = subprocess.run([*function["command"], body], env=function["environment"], check=False)
        if run.returncode != 0:
            # AWS would go on by itself, later; here nobody is to wait for that.
            raise ClientError(f"the rotation ended with code {run.returncode}")


SecretsManagerResponse._determine_resource = secret_arn
SecretsManagerResponse._authenticate_and_authorize_normal_action = authorize_secret
lambda_utils.get_backend = lambda *_: RotationFunction()
IAMPolicyStatement._match = staticmethod(matches)
TokenResponse._authenticate_and_authorize_normal_action = authorize_token
TokenResponse.assume_role_with_web_identity = assume

if __name__ == "__main__":
    main()
