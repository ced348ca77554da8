// SPDX-License-Identifier: MIT
// What a user is told when something cannot be done: the cause with the object named, and what to do next.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace skl {

// Exit statuses as shells use them.
inline constexpr int exit_launcher_failed = 125;
inline constexpr int exit_not_executable = 126;
inline constexpr int exit_not_found = 127;

class Failure : public std::exception {
public:
    Failure(int status, std::string cause, std::string hint = {})
        : status_(status), cause_(std::move(cause)), hint_(std::move(hint))
    {
    }
    int status() const { return status_; }
    const std::string& cause() const { return cause_; }
    const std::string& hint() const { return hint_; }
    const char* what() const noexcept override { return cause_.c_str(); }

private:
    int status_;
    std::string cause_;
    std::string hint_;
};

// "name: cause", "hint: what to do next" on standard error.
void print_failure(const char* name, const Failure& failure);

// One line on standard error, for what is not a failure.
void say(const std::string& line);

std::string errno_text(int error);

}
