// SPDX-License-Identifier: MIT
// The upcall entry on the real CPU: this process plays the monitor, sets GS base and jumps to it in the middle of a computation.
#include "host_enclave.hpp"
#include "upcall/percpu_offsets.h"
#include "upcall/xsave.hpp"

#include <gtest/gtest.h>

#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// What the computation finds after the upcall.
struct Marks {
    std::uint64_t general[14]; // rax rbx rcx rdx rbp rsi rdi r9..r15
    std::uint64_t red_zone;
    double vector;
};
static_assert(offsetof(Marks, red_zone) == 112 && offsetof(Marks, vector) == 120);

}

// interrupted_computation(stack_top, marks), GS base at the per-CPU page: known values into registers, an xmm register and the red zone;
// then what the monitor does (frame into the page, masked, the upcall stack, jump); then what is left of the values goes to marks. r8
// keeps marks.
extern "C" void interrupted_computation(char* stack_top, Marks* marks);
asm(R"(
	.text
interrupted_computation:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	subq	$4096, %rsp
	movq	%rsi, %r8
	movq	%rdi, %r9
	pushfq
	popq	%gs:80
	leaq	1f(%rip), %rax
	movq	%rax, %gs:64
	movq	%rsp, %gs:88
	movl	$1, %gs:0
	movq	$0x1eaf, -16(%rsp)
	movq	%rsp, %r10
	movq	%r9, %r11
	movq	$42, %rax
	cvtsi2sd %rax, %xmm7
	movq	$1, %rax
	movq	$2, %rbx
	movq	$3, %rcx
	movq	$4, %rdx
	movq	$5, %rbp
	movq	$6, %rsi
	movq	$7, %rdi
	movq	$9, %r9
	movq	$10, %r10
	movq	%r11, %rsp
	movq	$11, %r11
	movq	$12, %r12
	movq	$13, %r13
	movq	$14, %r14
	movq	$15, %r15
	jmp	skl_upcall_entry
1:	movq	%rax, 0(%r8)
	movq	%rbx, 8(%r8)
	movq	%rcx, 16(%r8)
	movq	%rdx, 24(%r8)
	movq	%rbp, 32(%r8)
	movq	%rsi, 40(%r8)
	movq	%rdi, 48(%r8)
	movq	%r9, 56(%r8)
	movq	%r10, 64(%r8)
	movq	%r11, 72(%r8)
	movq	%r12, 80(%r8)
	movq	%r13, 88(%r8)
	movq	%r14, 96(%r8)
	movq	%r15, 104(%r8)
	movq	-16(%rsp), %rax
	movq	%rax, 112(%r8)
	movsd	%xmm7, 120(%r8)
	addq	$4096, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret
)");

namespace {

class UpcallEntry : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_EQ(syscall(SYS_arch_prctl, ARCH_SET_GS, &enclave.percpu()), 0); // where this process may not by an instruction, too
        ASSERT_TRUE(skl::measure_xsave());
        enclave.percpu().interrupt.cs = SKL_USER_CS; // Linux has the same selectors
        enclave.percpu().interrupt.ss = SKL_USER_SS;
    }

    void interrupt_and_expect_nothing_lost()
    {
        Marks marks{};
        interrupted_computation(stack + sizeof stack, &marks);
        const std::uint64_t expected[] = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15};
        for (std::size_t i = 0; i < std::size(expected); i++)
            EXPECT_EQ(marks.general[i], expected[i]) << i;
        EXPECT_EQ(marks.red_zone, 0x1eafu);
        EXPECT_EQ(marks.vector, 42.0);
    }

    void expect_served()
    {
        EXPECT_EQ(enclave.percpu().masked, 0u);
        EXPECT_EQ(enclave.percpu().pending, 0u) << "the event was not taken";
    }

    skl::HostEnclave enclave;
    alignas(16) char stack[4096];
};

TEST_F(UpcallEntry, BringsEveryRegisterAndTheRedZoneBack)
{
    enclave.post(SKL_EVENT_HOST);
    interrupt_and_expect_nothing_lost();
    expect_served();
}

TEST_F(UpcallEntry, DoesNothingWhenTheEventHasGone)
{
    interrupt_and_expect_nothing_lost();
    expect_served();
}

TEST_F(UpcallEntry, LeavesTheExceptionEntryAtOnceAndServesNothing)
{
    enclave.post(SKL_EVENT_HOST);
    enclave.percpu().in_exception = 1;
    interrupt_and_expect_nothing_lost();
    EXPECT_EQ(enclave.percpu().masked, unsigned{MASKED_FOR_EXCEPTION});
    EXPECT_EQ(enclave.percpu().pending, std::uint64_t{SKL_EVENT_HOST});
}

}
