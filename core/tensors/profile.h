// SPDX-License-Identifier: GPL-3.0-or-later
// Where the time of a forward pass goes: our kernels by kind and shape, LibTorch's operators by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct ProfileLine {
    std::string kind; // "linear 768 -> 3072, gelu", "attention 12 x 197 x 197", "aten::cat"
    int calls = 0;
    double ms = 0;
    double operations = 0; // of products: two for each multiplication and addition; 0 where none are counted
};

// While it lives, what this process computes is noted; one at a time. Costs some microseconds a call.
class Profile {
public:
    Profile();
    ~Profile();
    Profile(const Profile&) = delete;
    Profile& operator=(const Profile&) = delete;
    std::vector<ProfileLine> lines() const; // the longest first

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// Put around a kernel's call; `kind` is called only while a Profile lives.
class Profiled {
public:
    template <class Kind>
    Profiled(double operations, const Kind& kind)
    {
        if (isOn()) begin(kind(), operations);
    }
    ~Profiled()
    {
        if (m_line >= 0) end();
    }
    Profiled(const Profiled&) = delete;
    Profiled& operator=(const Profiled&) = delete;

private:
    static bool isOn();
    void begin(const std::string& kind, double operations);
    void end() const;
    int m_line = -1;
    double m_start = 0;
};

// What the vectors of all threads can add and multiply at most, in operations a second: measured on registers, for
// about a tenth of a second.
double measuredPeak();

} // namespace headlens
