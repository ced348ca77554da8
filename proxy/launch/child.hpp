// SPDX-License-Identifier: MIT
// A helper process that dies with the proxy, keeps none of its descriptors, and whose messages are kept for an error report. The isle's
// waits never meet it, and no SIGCHLD tells of it: those are for the isle's own children.
#pragma once

#include "base/descriptor.hpp"

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace skl {

class Child {
public:
    // `kept`: descriptors it inherits under their own numbers. Throws Failure. Before the proxy has threads.
    Child(const std::vector<std::string>& command, const std::vector<int>& kept);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    int process_descriptor() const { return pidfd_.number(); } // readable when it has ended
    bool ended() const;
    std::chrono::nanoseconds processor_time() const; // that it has used
    void signal(int number) const;
    void end(); // kills and reaps it: what it had is free again. The main thread
    std::string messages() const; // what it wrote to its standard output and error

private:
    pid_t keeper_ = 0; // our child, whose child is the process
    pid_t pid_ = 0;
    Descriptor pidfd_;
    Descriptor messages_;
};

}
