# SPDX-License-Identifier: MIT
"""The isles in QEMU that programs are tried on, by name: what the environment says of each."""

QEMU = {
    "qemu": {},
    "smp": {"HERMIT_CPUS": "3"},
    "smp-tcg": {"HERMIT_CPUS": "4", "HERMIT_KVM": "0"},
    "q35": {"HERMIT_CPUS": "2", "HERMIT_KVM": "0", "HERMIT_MACHINE": "q35"},
}
