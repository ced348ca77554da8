// SPDX-License-Identifier: MIT
// Check the image, launch, execute calls until the isle or a signal ends it, tell how it ended.
#include "run/session.hpp"

#include "base/failure.hpp"
#include "base/private_descriptors.hpp"
#include "delegate/cancel_signal.hpp"
#include "delegate/executor.hpp"
#include "delegate/trace.hpp"
#include "image/image_file.hpp"
#include "launch/public_area.hpp"
#include "report/ending.hpp"
#include "run/choose_engine.hpp"
#include "run/cold_launch.hpp"
#include "run/debugger.hpp"
#include "run/signals.hpp"

#include <skellig/address.h>

#include <fmt/format.h>

#include <csignal>
#include <cstring>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace skl {
namespace {

Ranges ranges_of(const Grant& grant)
{
    Ranges ranges;
    for (const skl_extent& extent : grant.extents)
        ranges.add(extent.va, extent.size);
    return ranges;
}

// Wakes the main thread out of its poll.
class Notice {
public:
    Notice() : event_(make_private(Descriptor(::eventfd(0, EFD_CLOEXEC)))) {}
    void give() const { ::eventfd_write(event_.number(), 1); }
    int number() const { return event_.number(); }

private:
    Descriptor event_;
};

class Session {
public:
    Session(const Settings& settings, const ImageFile& image, Launched& launched, std::optional<Debugger>& debugger,
            const Descriptor& signals, Dispositions& dispositions)
        : settings_(settings), image_(image), launch_(*launched.launch), cold_(launched.cold), debugger_(debugger), signals_(signals),
          dispositions_(dispositions), ranges_(ranges_of(launch_.grant())), context_{ranges_, dispositions, [this] { tell_of_children(); }}
    {
    }
    [[noreturn]] void supervise();

private:
    ExecutorHooks hooks();
    void handle(int signal);
    void pass_on(int signal);
    void handle_arrived();
    void tell_of_children();
    void tell_where_deaf(int signal);
    void tell_log(bool wanted);
    [[noreturn]] void finish();
    // Ends isle and process, by the signal if there is one.
    [[noreturn]] void end(int status, int signal);

    const Settings& settings_;
    const ImageFile& image_;
    Launch& launch_;
    const std::optional<Taken>& cold_;
    std::optional<Debugger>& debugger_;
    const Descriptor& signals_;
    Dispositions& dispositions_;
    Ranges ranges_;
    Context context_;
    Notice notice_;
    std::atomic<bool> ended_ = false;
    std::atomic<int> raised_ = 0; // a call raised this signal
};

ExecutorHooks Session::hooks()
{
    ExecutorHooks hooks;
    hooks.ended = [this] {
        ended_ = true;
        notice_.give();
    };
    hooks.die_of = [this](int signal) {
        raised_ = signal;
        notice_.give();
    };
    if (settings_.trace)
        hooks.trace = [](const Call* call, const skl_slot& request, std::uint32_t cpu, std::int64_t result) {
            say(trace_line(call, request, cpu, result));
        };
    return hooks;
}

void Session::end(int status, int signal)
{
    launch_.stop();
    if (debugger_)
        debugger_->tell_end(status, signal);
    if (cold_)
        end_and_give_back(*cold_, status, signal);
    if (signal)
        die_of(signal);
    ::_exit(status); // without waiting for threads
}

// To the isle's handler; partner: skl_signals_take.
void Session::pass_on(int signal)
{
    skl_boot& boot = PublicArea{reinterpret_cast<std::byte*>(SKL_PUBLIC_BASE), launch_.grant().cpus}.boot();
    __atomic_or_fetch(&boot.signals, std::uint64_t{1} << (signal - 1), __ATOMIC_SEQ_CST);
    launch_.kick(0);
}

void Session::handle(int signal)
{
    switch (dispositions_.of(signal)) {
    case Disposition::ignored:
        return;
    case Disposition::handled:
        return pass_on(signal);
    case Disposition::standard:
        break;
    }
    switch (default_action(signal)) {
    case DefaultAction::ignore:
        return;
    case DefaultAction::terminate:
        tell_where_deaf(signal);
        end(0, signal);
    case DefaultAction::stop:
        launch_.pause();
        stop_self(signal);
        launch_.resume();
    }
}

void Session::handle_arrived()
{
    std::lock_guard guard(dispositions_.order());
    while (int signal = next_signal(signals_))
        handle(signal);
}

// Linux sends SIGCHLD before it answers a wait: then it is either still to be taken, or the main thread is about to pass it on.
void Session::tell_of_children()
{
    std::lock_guard guard(dispositions_.order());
    if (take_pending(SIGCHLD))
        handle(SIGCHLD);
}

// An isle that holds upcalls off, and does not sleep in the monitor, is stuck: whoever ends it wants to know where.
void Session::tell_where_deaf(int signal)
{
    launch_.stop();
    skl_record record = launch_.record();
    PublicArea area{reinterpret_cast<std::byte*>(SKL_PUBLIC_BASE), launch_.grant().cpus};
    bool asleep = record.rip >= SKL_CALL_PAGE && record.rip < SKL_ISLE_END;
    if (record.kind != SKL_RECORD_STOPPED || !record.rip || asleep || record.cpu >= area.cpus || !area.percpu(record.cpu).masked)
        return;
    std::string cause = fmt::format("ended by a signal ({}) while it held upcalls off, at {:#x} on cpu {}", ::strsignal(signal), record.rip,
                                    record.cpu);
    print_report(record, cause, image_, ranges_);
}

// The monitor's and the isle's log, and what QEMU had to say.
void Session::tell_log(bool wanted)
{
    std::string log = wanted ? launch_.log() : "";
    log.resize(log.find_last_not_of('\n') + 1);
    if (!log.empty())
        say(log);
}

void Session::finish()
{
    Ending ending = ending_of(launch_.record());
    if (ending.report)
        print_report(launch_.record(), ending.cause, image_, ranges_);
    else if (!ending.cause.empty())
        say("proxy: " + ending.cause);
    tell_log(settings_.verbose || ending.status == exit_launcher_failed);
    end(ending.status, ending.signal);
}

void Session::supervise()
{
    // Never destroyed: its threads may sit in calls that do not end before the process does.
    new Executor(launch_, {reinterpret_cast<std::byte*>(SKL_PUBLIC_BASE), launch_.grant().cpus}, context_, hooks());
    pollfd polls[] = {{signals_.number(), POLLIN, 0}, {notice_.number(), POLLIN, 0}};
    for (;;) {
        ::poll(polls, 2, -1);
        if (raised_)
            end(0, raised_);
        if (ended_)
            finish();
        handle_arrived();
    }
}

}

void run(const Program& program, const std::vector<std::string>& environment, const Settings& settings)
{
    ImageFile image(program.path);
    Dispositions dispositions;
    dispositions.inherit();
    std::optional<Debugger> debugger = debugger_for(settings);
    Descriptor signals = take_signals();
    install_cancel_signal();
    Launched launched = launch_isle(settings, {image, program.arguments, environment});
    if (debugger)
        debugger->serve(launched.launch->gdb_stub(), program.path);
    Session(settings, image, launched, debugger, signals, dispositions).supervise();
}

}
