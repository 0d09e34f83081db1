"""The allocation of devices: who gets which, with what beside it, why, and the proof that it is best."""

from phusong.plans.devices.adequacy import judge_lots
from phusong.plans.devices.deciding import AllocationPolicy
from phusong.plans.devices.planning import allocate_devices
from phusong.plans.devices.standing import GONE, Known, judge_pupils
from phusong.plans.devices.writing import DevicePlan

__all__ = [
    "GONE",
    "AllocationPolicy",
    "DevicePlan",
    "Known",
    "allocate_devices",
    "judge_lots",
    "judge_pupils",
]
