/* SPDX-License-Identifier: MIT */
/*
 * The smallest isle: position independent, no stack but its own memory. What it does is the first word of own memory; it counts its
 * rounds in the second, and leaves the last answer of the monitor in the third.
 */
#include <skellig/address.h>
#include <skellig/call.h>

	.text
	.globl	_start
_start:
	movabs	$SKL_OWN_BASE, %rbx
	movabs	$SKL_CALL_PAGE, %rbp
	lea	0x10000(%rbx), %rsp
	mov	(%rbx), %eax
	cmp	$1, %eax
	je	spin
	cmp	$2, %eax
	je	ring
	cmp	$3, %eax
	je	crash
	cmp	$4, %eax
	je	answer

leave:	/* 0: log "hello" and exit with 42 */
	mov	$SKL_CALL_LOG, %eax
	mov	$5, %edi
	movabs	$0x6f6c6c6568, %rsi
	call	*%rbp
	mov	$SKL_CALL_EXIT, %eax
	mov	$1, %edi		/* SKL_RECORD_EXIT */
	mov	$42, %esi
	call	*%rbp

spin:	/* 1: count, never call anybody */
	incq	8(%rbx)
	jmp	spin

ring:	/* 2: ring the host and nothing else */
	call	kick_host
	incq	8(%rbx)
	jmp	ring

crash:	/* 3 */
	mov	0, %eax

answer:	/* 4: sleep until the host kicks, then ring it */
	mov	$SKL_CALL_WAIT, %eax
	xor	%edi, %edi
	call	*%rbp
	mov	%rax, 16(%rbx)
	incq	8(%rbx)
	call	kick_host
	jmp	answer

kick_host:
	mov	$SKL_CALL_KICK, %eax
	mov	$1, %edi
	mov	$SKL_KICK_HOST, %esi
	jmp	*%rbp
