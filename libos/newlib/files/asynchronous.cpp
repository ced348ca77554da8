// SPDX-License-Identifier: MIT
// aio_read() and its kind: each request has a thread of its own, which ends with it.
#include "call.hpp"
#include "signal/state.hpp"
#include "wait.hpp"

#include <aio.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

using namespace libos;

namespace {

enum class Operation { read, write, sync, sync_data };

// Requests of one lio_listio(); the last one that ends frees it.
struct List {
    uint32_t left;
    sigevent event;
};

struct Request {
    aiocb* block;
    Operation operation;
    int file;
    uint64_t number; // in the order of asking
    List* list;
    Request* next;
};

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
Request* requests = nullptr; // under way; guarded by mutex, as is the next
uint64_t last_number = 0;
uint32_t completions = 0; // a futex word: another one has ended

bool under_way(const aiocb& block)
{
    return __atomic_load_n(&block.__error, __ATOMIC_ACQUIRE) == EINPROGRESS; // partner: finish()
}

// Of this file, asked for before `number`.
bool any_before(int file, uint64_t number)
{
    pthread_mutex_lock(&mutex);
    bool found = false;
    for (Request* request = requests; request; request = request->next)
        found |= request->file == file && request->number < number;
    pthread_mutex_unlock(&mutex);
    return found;
}

ssize_t transfer(const Request& request)
{
    const aiocb& block = *request.block;
    auto* buffer = const_cast<void*>(block.aio_buf);
    bool reads = request.operation == Operation::read;
    ssize_t done = reads ? pread(request.file, buffer, block.aio_nbytes, block.aio_offset)
                         : pwrite(request.file, buffer, block.aio_nbytes, block.aio_offset);
    if (done < 0 && errno == ESPIPE)
        done = reads ? read(request.file, buffer, block.aio_nbytes) : write(request.file, buffer, block.aio_nbytes);
    return done;
}

ssize_t perform(const Request& request)
{
    if (request.operation == Operation::read || request.operation == Operation::write)
        return transfer(request);
    for (uint32_t seen = load(completions); any_before(request.file, request.number); seen = load(completions))
        wait_on(completions, seen, no_deadline);
    return request.operation == Operation::sync ? fsync(request.file) : fdatasync(request.file);
}

// On a thread that has nothing else to do.
void notify(const sigevent& event)
{
    if (event.sigev_notify == SIGEV_THREAD)
        event.sigev_notify_function(event.sigev_value);
    if (event.sigev_notify != SIGEV_SIGNAL || !valid_signal(event.sigev_signo))
        return;
    siginfo_t info{};
    info.si_signo = event.sigev_signo;
    info.si_code = SI_ASYNCIO;
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value = event.sigev_value;
    send_to_process(info);
}

void forget(const Request& request)
{
    pthread_mutex_lock(&mutex);
    Request** link = &requests;
    while (*link != &request)
        link = &(*link)->next;
    *link = request.next;
    pthread_mutex_unlock(&mutex);
}

// The program may do with the block what it likes as soon as it is not under way any more.
void finish(const Request& request, ssize_t result, int error)
{
    sigevent event = request.block->aio_sigevent;
    forget(request);
    request.block->__result = result;
    __atomic_store_n(&request.block->__error, result < 0 ? error : 0, __ATOMIC_RELEASE);
    __atomic_add_fetch(&completions, 1, __ATOMIC_RELEASE);
    skl_futex_wake(&completions, UINT32_MAX);
    notify(event);
    if (request.list && __atomic_sub_fetch(&request.list->left, 1, __ATOMIC_ACQ_REL) == 0) {
        notify(request.list->event);
        free(request.list);
    }
}

void* serve(void* argument)
{
    auto* request = static_cast<Request*>(argument);
    ssize_t result = perform(*request);
    finish(*request, result, errno);
    free(request);
    return nullptr;
}

// With all signals blocked: they are the program's.
bool start(Request* request)
{
    sigset_t all, before;
    pthread_attr_t attributes;
    pthread_t thread;
    sigfillset(&all);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&thread, &attributes, serve, request) == 0;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return started;
}

int ask(aiocb& block, Operation operation, List* list)
{
    if (fcntl(block.aio_fildes, F_GETFL) < 0)
        return -1; // EBADF
    if (block.aio_offset < 0 && (operation == Operation::read || operation == Operation::write))
        return static_cast<int>(fail(EINVAL));
    auto* request = static_cast<Request*>(malloc(sizeof(Request)));
    if (!request)
        return static_cast<int>(fail(EAGAIN));
    block.__error = EINPROGRESS;
    pthread_mutex_lock(&mutex);
    *request = {&block, operation, block.aio_fildes, ++last_number, list, requests};
    requests = request;
    pthread_mutex_unlock(&mutex);
    if (start(request))
        return 0;
    forget(*request);
    free(request);
    block.__error = EAGAIN;
    return static_cast<int>(fail(EAGAIN));
}

bool all_done(aiocb* const blocks[], int count)
{
    for (int i = 0; i < count; i++)
        if (blocks[i] && blocks[i]->aio_lio_opcode != LIO_NOP && under_way(*blocks[i]))
            return false;
    return true;
}

// 0; EINTR: a handler has run.
template <typename Done>
int wait_until(Done done, uint64_t deadline)
{
    for (uint32_t seen = load(completions); !done(); seen = load(completions)) {
        skl_futex_answer answer = wait_on(completions, seen, deadline);
        if (answer == SKL_FUTEX_TIMEOUT)
            return EAGAIN;
        if (answer == SKL_FUTEX_INTERRUPTED)
            return EINTR;
    }
    return 0;
}

}

extern "C" {

int aio_read(aiocb* block)
{
    return ask(*block, Operation::read, nullptr);
}

int aio_write(aiocb* block)
{
    return ask(*block, Operation::write, nullptr);
}

int aio_fsync(int how, aiocb* block)
{
    if (how != O_SYNC && how != O_DSYNC)
        return static_cast<int>(fail(EINVAL));
    return ask(*block, how == O_SYNC ? Operation::sync : Operation::sync_data, nullptr);
}

int aio_error(const aiocb* block)
{
    return __atomic_load_n(&block->__error, __ATOMIC_ACQUIRE);
}

ssize_t aio_return(aiocb* block)
{
    return block->__result;
}

int aio_suspend(const aiocb* const blocks[], int count, const timespec* timeout)
{
    auto one_done = [&] {
        for (int i = 0; i < count; i++)
            if (blocks[i] && !under_way(*blocks[i]))
                return true;
        return false;
    };
    int error = wait_until(one_done, timeout ? deadline_after(nanoseconds_of(*timeout)) : no_deadline);
    return error ? static_cast<int>(fail(error)) : 0;
}

// Linux has them by now: they run to their end.
int aio_cancel(int file, aiocb* block)
{
    if (fcntl(file, F_GETFL) < 0)
        return -1;
    if (block && block->aio_fildes != file)
        return static_cast<int>(fail(EINVAL));
    return (block ? under_way(*block) : any_before(file, UINT64_MAX)) ? AIO_NOTCANCELED : AIO_ALLDONE;
}

int lio_listio(int mode, aiocb* __restrict const blocks[__restrict], int count, sigevent* __restrict event)
{
    if ((mode != LIO_WAIT && mode != LIO_NOWAIT) || count < 0)
        return static_cast<int>(fail(EINVAL));
    auto* list = static_cast<List*>(malloc(sizeof(List)));
    if (!list)
        return static_cast<int>(fail(EAGAIN));
    *list = {1, {}}; // us
    list->event.sigev_notify = SIGEV_NONE;
    if (mode == LIO_NOWAIT && event)
        list->event = *event;
    bool all = true;
    for (int i = 0; i < count; i++) {
        if (!blocks[i] || blocks[i]->aio_lio_opcode == LIO_NOP)
            continue;
        __atomic_add_fetch(&list->left, 1, __ATOMIC_RELAXED);
        if (ask(*blocks[i], blocks[i]->aio_lio_opcode == LIO_READ ? Operation::read : Operation::write, list) == 0)
            continue;
        blocks[i]->__error = errno;
        __atomic_sub_fetch(&list->left, 1, __ATOMIC_RELAXED);
        all = false;
    }
    if (__atomic_sub_fetch(&list->left, 1, __ATOMIC_ACQ_REL) == 0) {
        notify(list->event);
        free(list);
    }
    if (mode == LIO_WAIT) {
        if (int error = wait_until([&] { return all_done(blocks, count); }, no_deadline))
            return static_cast<int>(fail(error));
        for (int i = 0; i < count; i++)
            all &= !blocks[i] || blocks[i]->aio_lio_opcode == LIO_NOP || blocks[i]->__error == 0;
    }
    return all ? 0 : static_cast<int>(fail(EIO));
}

}
