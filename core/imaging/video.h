// SPDX-License-Identifier: GPL-3.0-or-later
// Films and cameras as pictures, one at a time. OpenCV hides behind it; an engine without OpenCV says so.
#pragma once

#include "core/base/image8.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace headlens {

class VideoReader {
public:
    virtual ~VideoReader() = default;
    virtual int width() const = 0;
    virtual int height() const = 0;
    virtual std::int64_t frames() const = 0; // 0: a camera
    virtual double framesPerSecond() const = 0;
    // RGB. Of a film frame `number`, pulled into its range and written back; of a camera the newest picture, waiting
    // for one that was not given before. Throws Error(ImageUnreadable).
    virtual Image8 read(std::int64_t& number) = 0;
};

// A path of a film, or "camera:0". Throws Error(FileMissing | ImageUnreadable | ImageTooLarge | DeviceMissing).
std::unique_ptr<VideoReader> openVideo(const std::string& source);

// Calls `next` on a thread of its own, again and again, and keeps the newest picture only: what nobody asked for in
// time is dropped, nothing queues.
class NewestFrame {
public:
    // `next` answers false when there will be no more.
    explicit NewestFrame(std::function<bool(Image8&)> next);
    ~NewestFrame();
    NewestFrame(const NewestFrame&) = delete;
    NewestFrame& operator=(const NewestFrame&) = delete;
    // Waits for a picture that was not taken before; false when none will come.
    bool take(Image8& picture);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

class VideoWriter {
public:
    virtual ~VideoWriter() = default;
    virtual void add(const Image8& picture) = 0; // all of the same size; an odd last row or column is cut
    virtual void finish() = 0;                   // Throws Error(WriteFailed).
};

// .mp4 or .avi. Throws Error(Usage) for other names and Error(WriteFailed).
std::unique_ptr<VideoWriter> createVideo(const std::string& path, double framesPerSecond, int width, int height);

} // namespace headlens
