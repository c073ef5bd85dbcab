"""How a client signs in at the brokers: not at all inside a cluster of one's own, with the rights of the pod on AWS."""

import re

BROKER = re.compile(r"\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com")


def sign_in(auth: str, brokers: list[str]) -> dict:
    if auth == "none":
        return {}
    from aws_msk_iam_sasl_signer import MSKAuthTokenProvider
    from kafka.sasl.oauth import AbstractTokenProvider

    region = BROKER.search(brokers[0])
    if region is None:
        raise SystemExit(f"KAFKA_AUTH=iam needs brokers of MSK, found {brokers[0]}")

    class Token(AbstractTokenProvider):
        def token(self) -> str:
            return MSKAuthTokenProvider.generate_auth_token(region[1])[0]

    return {"security_protocol": "SASL_SSL", "sasl_mechanism": "OAUTHBEARER", "sasl_oauth_token_provider": Token()}
