/* SPDX-License-Identifier: MIT */
/* Offsets and constants that assembly uses; cpu.h asserts each of them. */
#ifndef SKELLIG_MONITOR_OFFSETS_H
#define SKELLIG_MONITOR_OFFSETS_H

#define IMAGE_MAGIC 0x3147494c4c454b53
#define IMAGE_REVISION 1

#define CPU_APIC 0
#define CPU_TIMER_RATIO 8
#define CPU_DEADLINE 16
#define CPU_INTERRUPT_ENTRY 24
#define CPU_INTERRUPT_STACK 32
#define CPU_EXCEPTION_ENTRY 40
#define CPU_EXCEPTION_STACK 48
#define CPU_SHARED 56
#define CPU_ATTENTION 64

#define BLOCK_SIZE 0x10000
#define BLOCK_CPU 0x1000
#define BLOCK_STRAY (128 + 12)
#define BLOCK_NMIS (128 + 16)

/* The two words on top of the main stack, seen from below: behind the hardware's frame when it comes from ring 3. */
#define STACK_TOP (BLOCK_SIZE - 16)
#define FRAME_SHARED 40
#define FRAME_CPU 48

#define SHARED_MASKED 0
#define SHARED_PENDING 8
#define SHARED_RIP 64
#define SHARED_CS 72
#define SHARED_RFLAGS 80
#define SHARED_RSP 88
#define SHARED_SS 96

#define EVENT_TIMER 1
#define EVENT_KICK 2
#define EVENT_HOST 4

#define VECTOR_COMMAND 0x41
#define VECTOR_TIMER 0x44
#define VECTOR_SHOOTDOWN 0x45
#define VECTOR_CONTROL 0x46
#define VECTOR_SERIAL 0x47 /* QEMU only: the doorbell's IRQ */

#define ATTENTION_FLUSH 1
#define ATTENTION_STOP 2
#define ATTENTION_SERIAL 4

#define USER_CS 0x33
#define USER_SS 0x2b
#define USER_FLAGS 0x202

#define APIC_EOI 0xb0
#define APIC_ICR 0x300
#define APIC_TIMER_INITIAL 0x380
#define MSR_X2APIC_EOI 0x80b
#define MSR_X2APIC_ICR 0x830
#define MSR_X2APIC_TIMER 0x838
#define MSR_TSC_DEADLINE 0x6e0

#endif
