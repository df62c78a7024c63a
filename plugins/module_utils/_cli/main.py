# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""The command line of the agent: `floating-ip VERB`. Each verb is one file beside this one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Optional

from .._aws.errors import AwsError
from .._version import VERSION
from .codes import FAILED, INTERRUPTED, REFUSED, Refused
from .installed import CONTEXT, DEFINITIONS
from .output import finish, tell

# Each verb's file. Only the one that is asked for is loaded: a claim has no time to lose.
VERBS = {
    "monitor": "monitor",
    "status": "status",
    "probe": "probe",
    "move": "move",
    "claim": "claim",
    "release": "release",
    "pause": "context_verbs",
    "resume": "context_verbs",
    "drain": "context_verbs",
    "undrain": "context_verbs",
    "reset": "context_verbs",
    "history": "history",
    "measure": "measure",
    "drill": "drill",
    "check-config": "check_config",
    "prepare": "prepare",
}
EXIT_CODES = """\
exit codes:
  0    done, or the answer is yes
  1    tried, and it failed, or the answer is no
  2    wrong command line
  3    partial: some cells moved and some did not
  4    refused: nothing was tried
  130  interrupted, by Ctrl-C; a drill also by SIGTERM and SIGHUP
"""


def parser(verb: Optional[str] = None) -> argparse.ArgumentParser:
    """The whole command line; only the part about one verb if that is given."""
    top = argparse.ArgumentParser(
        prog="floating-ip",
        description="Watch and move floating IP addresses on AWS.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"floating-ip {VERSION}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    shared = _shared()
    for file in dict.fromkeys(VERBS.values() if verb is None else [VERBS[verb]]):
        import_module(f".{file}", __package__).add_to(verbs, shared)
    for each in verbs.choices.values():
        each.epilog = EXIT_CODES
        each.formatter_class = argparse.RawDescriptionHelpFormatter
    return top


def _shared() -> argparse.ArgumentParser:
    """The options of every verb."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--definitions",
        metavar="DIR",
        default=DEFINITIONS,
        help="where NAME.json of each floating IP lies (default: %(default)s)",
    )
    shared.add_argument(
        "--context",
        metavar="DIR",
        default=CONTEXT,
        help="where the agent remembers things between runs (default: %(default)s)",
    )
    shared.add_argument("--json", action="store_true", help="answer in JSON")
    return shared


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run one verb; returns its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    chosen = parser(given[0] if given and given[0] in VERBS else None).parse_args(given)
    try:
        code = int(chosen.run(chosen))
    except Refused as error:
        tell(str(error))
        code = REFUSED
    except AwsError as error:
        tell(str(error))
        code = FAILED
    except BrokenPipeError:
        code = FAILED
    except KeyboardInterrupt:
        code = INTERRUPTED
    finish()
    return code
