// SPDX-License-Identifier: MIT
// newlib's lock of the time zone, held while this lives.
#pragma once

extern "C" void __tz_lock();
extern "C" void __tz_unlock();

namespace libos {

struct ZoneLock {
    ZoneLock()
    {
        __tz_lock();
    }
    ~ZoneLock()
    {
        __tz_unlock();
    }
    ZoneLock(const ZoneLock&) = delete;
    ZoneLock& operator=(const ZoneLock&) = delete;
};

}
