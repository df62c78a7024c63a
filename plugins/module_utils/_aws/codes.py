# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""Which `Failure` each error code of AWS and each exception of botocore is.

botocore's exceptions are known by the names of their classes: this needs no botocore.
"""

from __future__ import annotations

from collections.abc import Mapping

from .._engine.change import Failure

THROTTLED, UNSENT, LOST = Failure.THROTTLED, Failure.UNSENT, Failure.LOST
DENIED, INVALID = Failure.DENIED, Failure.INVALID

# What AWS answers. Codes that are not here are judged by their ending and the HTTP status.
CODES: Mapping[str, Failure] = {
    **dict.fromkeys(
        (
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "EC2ThrottledException",
            "TooManyRequestsException",
            "BandwidthLimitExceeded",
            "LimitExceededException",
            "PriorRequestNotComplete",
            "SlowDown",
            "ConcurrentTagAccess",
        ),
        THROTTLED,
    ),
    **dict.fromkeys(
        (
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "InternalException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "Unavailable",
            "RequestTimeout",
            "RequestTimeoutException",
        ),
        LOST,
    ),
    **dict.fromkeys(
        (
            "UnauthorizedOperation",
            "AccessDenied",
            "AccessDeniedException",
            "NotAuthorized",
            "OptInRequired",
            "Blocked",
            "PendingVerification",
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "RequestExpired",
            "RequestInTheFuture",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "TokenRefreshRequired",
            "UnrecognizedClientException",
        ),
        DENIED,
    ),
    "RouteAlreadyExists": Failure.EXISTS,
    "InvalidRoute.NotFound": Failure.ABSENT,
}

# What a wrong clock may look like: these are worth one more send with the clock of AWS.
SKEW_CODES = frozenset(
    (
        "AuthFailure",
        "InvalidSignatureException",
        "RequestExpired",
        "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    )
)
PERMISSION_CODES = frozenset(
    ("UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "NotAuthorized")
)

# What botocore raises without an answer, nearest class first.
EXCEPTIONS: Mapping[str, Failure] = {
    **dict.fromkeys(
        (
            "EndpointConnectionError",
            "ConnectTimeoutError",
            "ProxyConnectionError",
            "NoCredentialsError",
            "CredentialRetrievalError",
            "MetadataRetrievalError",
        ),
        UNSENT,
    ),
    **dict.fromkeys(
        (
            "SSLError",  # unless it was the certificate: see errors.py
            "ReadTimeoutError",
            "ConnectionClosedError",
            "IncompleteReadError",
            "ResponseStreamingError",
            "HTTPClientError",
            "ResponseParserError",
        ),
        LOST,
    ),
    **dict.fromkeys(
        (
            "PartialCredentialsError",
            "TokenRetrievalError",
            "NoAuthTokenError",
            "SSOError",
            "LoginError",
            "RefreshWithMFAUnsupportedError",
            "ProfileNotFound",
            "ConfigNotFound",
            "ConfigParseError",
            "InvalidConfigError",
        ),
        DENIED,
    ),
    **dict.fromkeys(
        (
            "ParamValidationError",
            "ValidationError",
            "MissingParametersError",
            "BaseEndpointResolverError",
            "EndpointProviderError",
            "DataNotFoundError",
            "UnknownRegionError",
            "ServiceNotInRegionError",
        ),
        INVALID,
    ),
    "ConnectionError": UNSENT,  # botocore: "failed to establish a connection"
}

# Certainly not done, and not worth a second try with the same client either.
FRUITLESS = frozenset(("NoCredentialsError", "CertificateError"))

CREDENTIAL_ERRORS = frozenset(
    (
        "NoCredentialsError",
        "CredentialRetrievalError",
        "MetadataRetrievalError",
        "CredentialsExpired",
    )
)
