# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of the demo. Each runs public commands, and then sees whether they came true."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import boto3

from ansible_collections.netops.floating_ip.plugins.module_utils._report.event import Kind
from ansible_collections.netops.floating_ip.plugins.module_utils._report.wording import lasting

from . import definition, lab, plan
from .commands import StepFailed, wait_until
from .stage import Stage
from .telling import now

FIRST, SECOND = plan.TARGETS  # in order of preference


@dataclass(frozen=True)
class Step:
    title: str
    run: Callable[[Stage], str]  # what it found, as a sentence; raises StepFailed


def start_emulator(stage: Stage) -> str:
    port = int(stage.emulator.url.rpartition(":")[2])
    stage.commands.start("emulator", plan.emulator(port))
    stage.await_port("the emulator", "127.0.0.1", port)
    _first_call(stage.emulator.url)  # a Region is there once it was called
    stage.before = stage.state()
    return f"AWS is played by {stage.emulator.url}; every call goes there"


def _first_call(url: str) -> None:
    keys = [plan.ENVIRONMENT[f"AWS_{name}"] for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")]
    session = boto3.Session(keys[0], keys[1], region_name=plan.REGION)
    session.client("ec2", endpoint_url=url).describe_vpcs()


def build_lab(stage: Stage) -> str:
    values: dict[str, object] = {"region": plan.REGION, "endpoint": stage.emulator.url}
    lab.write_inventory(values)
    stage.commands.run("lab-vpc", plan.lab("present"))
    stage.lab = found = lab.find(stage.state())
    ids = {name.replace("-", "_"): eni for name, eni in found.interfaces.items()}
    probed = {f"{name.replace('-', '_')}_address": at for name, at in plan.TARGETS.items()}
    port = stage.probe_port
    values.update(vpc=found.vpc, address=plan.ADDRESS, port=port, **ids, **probed)
    lab.write_inventory(values)
    return f"{found.vpc} is there; its ids stand in {plan.rel(plan.INVENTORY)}"


def deploy(stage: Stage) -> str:
    stage.commands.run("deploy", plan.aws_side("deploy"))
    stage.await_held_by(FIRST)
    return f"{plan.ADDRESS}/32 leads to {FIRST} in all {len(stage.holders())} route tables"


def start_traffic(stage: Stage) -> str:
    found = stage.the_lab()
    stage.serve(plan.TARGETS)
    at = {found.interfaces[n]: f"{a}:{stage.probe_port}" for n, a in plan.TARGETS.items()}
    command = plan.router(stage.router, stage.emulator.url, found.client_table, at)
    stage.commands.start("router", command)
    stage.await_port("the router", "127.0.0.1", stage.router_port)
    stage.commands.start("client", plan.client(stage.router))
    stage.await_answers(FIRST)
    return f"a request to {plan.ADDRESS} every 10 ms: {FIRST} answers"


def start_monitor(stage: Stage) -> str:
    definition.write(stage)
    stage.commands.run("check-config", plan.check_config())
    events = ["--events", plan.rel(plan.MONITOR_EVENTS)]
    stage.monitor = stage.commands.start("monitor", plan.agent("monitor", "--observer", *events))
    wait_until("the monitor sees both targets up", lambda: _all_are(stage, "up"), plan.PATIENCE)
    return "the monitor, the same program as on hosts, sees both targets up"


def _all_are(stage: Stage, health: str) -> bool:
    return all(_last_health(stage, name) == health for name in plan.TARGETS)


def fail_over(stage: Stage) -> str:
    killed = now()
    stage.crash(FIRST)
    stage.await_answers(SECOND)
    stage.await_held_by(SECOND)
    wait_until("the monitor told", lambda: _moved(stage, killed, SECOND), plan.PATIENCE)
    lost = stage.outages(killed - 1.0)
    if not lost:
        raise StepFailed(f"the client lost no request when {FIRST} crashed: it measured nothing")
    start, end = min(e.data["from"] for e in lost), max(e.data["to"] for e in lost)
    return f"{SECOND} answers, by the monitor alone; nobody answered for {lasting(end - start)}"


def _moved(stage: Stage, since: float, target: str) -> bool:
    return any(event.target == target for event in stage.told_by_monitor(Kind.MOVED, since))


def fail_back(stage: Stage) -> str:
    stage.serve([FIRST])
    wait_until("the monitor sees it up", lambda: _last_health(stage, FIRST) == "up", plan.PATIENCE)
    began = now()
    stage.commands.run("failback", plan.playbook("failback", floating_ip=plan.FLOATING_IP))
    stage.await_answers(FIRST)
    stage.await_held_by(FIRST)
    lost = sum(event.data["count"] for event in stage.outages(began))
    return f"{FIRST} answers again, because we said so; {lost} requests were lost meanwhile"


def _last_health(stage: Stage, target: str) -> str:
    told = [e for e in stage.told_by_monitor(Kind.HEALTH) if e.target == target]
    return str(told[-1].data["health"]) if told else ""


def status(stage: Stage) -> str:
    done = stage.commands.run("status", plan.playbook("status"))
    if plan.FLOATING_IP not in done.output or FIRST not in done.output:
        raise StepFailed(f"status does not name {plan.FLOATING_IP} and {FIRST} (see {done.log})")
    return f"it says that {FIRST} holds {plan.FLOATING_IP}"


def hold_still(stage: Stage) -> str:
    for name in plan.TARGETS:
        stage.crash(name)
    stage.await_answers(None)
    wait_until("the monitor sees both down", lambda: _all_are(stage, "down"), plan.PATIENCE)
    before = stage.emulator.last_event()
    stage.commands.say(f"(waiting {plan.QUIET:.0f} s)")
    time.sleep(plan.QUIET)
    if changes := stage.emulator.events(before):
        raise StepFailed(
            f"{len(changes)} things changed in AWS, the first by {changes[0]['action']}"
        )
    stage.await_held_by(FIRST)
    done = stage.commands.run("agent-status", plan.agent("status"), codes=(0, 1))  # 1: not well
    for line in done.output.splitlines():
        stage.commands.say(f"  {line}")
    if plan.NOBODY_IS_UP not in done.output:
        raise StepFailed(f"the monitor does not say that {plan.NOBODY_IS_UP}")
    return f"both targets are down: nothing moved in {plan.QUIET:.0f} s, and the monitor says why"


def recover(stage: Stage) -> str:
    stage.serve(plan.TARGETS)
    stage.await_answers(FIRST)
    return f"{FIRST} answers, with no move"


def stop_monitor(stage: Stage) -> str:
    """Before teardown: an address that is absent is what a monitor puts right."""
    if stage.monitor is None:
        raise StepFailed("there is no monitor: its step did not run")
    stage.commands.say(f"$ kill {stage.monitor.popen.pid}")
    stage.commands.stop(stage.monitor)
    return "the monitor ended in order"


def tear_down(stage: Stage) -> str:
    name = plan.FLOATING_IP
    # force: the monitor has ended above, so it need not be told.
    command = plan.aws_side("teardown", floating_ip=name, confirm=name, force="true")
    stage.commands.run("teardown", command)
    stage.await_held_by(None)
    return f"no route table has {plan.ADDRESS}/32"


def remove_lab(stage: Stage) -> str:
    stage.commands.run("lab-vpc-absent", plan.lab("absent"))
    if left := lab.difference(stage.before, stage.state()):
        raise StepFailed(f"the lab is not gone altogether: {left}")
    return "the emulator's state is what it was at first"


STORY = (
    Step("AWS, on this machine alone", start_emulator),
    Step("a VPC to try it in", build_lab),
    Step("the floating IP, as its definition says", deploy),
    Step("two web servers, a router and a client", start_traffic),
    Step("the monitor", start_monitor),
    Step(f"{FIRST} crashes, and the address moves by itself", fail_over),
    Step(f"{FIRST} is back, and we give it the address again", fail_back),
    Step("what the runbook says of it", status),
    Step("both crash: nothing moves", hold_still),
    Step("both are back", recover),
)
EPILOGUE = (
    Step("the monitor ends", stop_monitor),
    Step("the floating IP goes", tear_down),
    Step("the lab goes", remove_lab),
)
