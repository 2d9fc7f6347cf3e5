// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/video.h"

#include "core/base/error.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#ifdef HEADLENS_WITH_OPENCV
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>
#endif

namespace headlens {

struct NewestFrame::State {
    std::function<bool(Image8&)> next;
    std::mutex guard;
    std::condition_variable changed;
    Image8 newest;
    bool isFresh = false, hasEnded = false, stops = false;
    std::thread worker;

    void work()
    {
        for (Image8 picture;;) {
            bool got = false;
            try {
                got = next(picture);
            } catch (const std::exception&) { // ends the pictures, not the program
            }
            const std::lock_guard lock(guard);
            if (got) std::swap(newest, picture);
            isFresh = isFresh || got;
            hasEnded = !got;
            changed.notify_all();
            if (stops || !got) return;
        }
    }
};

NewestFrame::NewestFrame(std::function<bool(Image8&)> next) : m_state(std::make_unique<State>())
{
    m_state->next = std::move(next);
    m_state->worker = std::thread([state = m_state.get()] { state->work(); });
}

NewestFrame::~NewestFrame()
{
    {
        const std::lock_guard lock(m_state->guard);
        m_state->stops = true;
    }
    m_state->worker.join();
}

bool NewestFrame::take(Image8& picture)
{
    std::unique_lock lock(m_state->guard);
    m_state->changed.wait(lock, [this] { return m_state->isFresh || m_state->hasEnded; });
    if (!std::exchange(m_state->isFresh, false)) return false;
    picture = m_state->newest;
    return true;
}

#ifdef HEADLENS_WITH_OPENCV

namespace {

constexpr int kLongestSide = 8192;

Image8 rgbOf(const cv::Mat& frame)
{
    Image8 picture(frame.cols, frame.rows);
    cv::Mat target(frame.rows, frame.cols, CV_8UC3, picture.pixels.data());
    cv::cvtColor(frame, target, frame.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
    return picture;
}

[[noreturn]] void refuseFilm(const std::string& name)
{
    throw Error(ErrorCode::ImageUnreadable, name, "is no film that can be read", "convert it to MP4 or AVI");
}

void checkSize(const std::string& name, int width, int height)
{
    if (width < 1 || height < 1) refuseFilm(name);
    if (width > kLongestSide || height > kLongestSide)
        throw Error(ErrorCode::ImageTooLarge, name, "has more than 8192 pixels a side", "scale it down first");
}

class Film : public VideoReader {
public:
    explicit Film(const std::string& path) : m_path(path)
    {
        // Only plain files: to OpenCV some names are network addresses, patterns or pipelines.
        std::error_code problem;
        if (!std::filesystem::is_regular_file(path, problem))
            throw Error(ErrorCode::FileMissing, path, "is no file", "choose a film");
        m_absolute = std::filesystem::absolute(path, problem).string();
        if (!m_capture.open(m_absolute, cv::CAP_FFMPEG)) refuseFilm(path);
        m_width = int(m_capture.get(cv::CAP_PROP_FRAME_WIDTH));
        m_height = int(m_capture.get(cv::CAP_PROP_FRAME_HEIGHT));
        checkSize(path, m_width, m_height);
        constexpr double kMostRate = 1000, kUsualRate = 25;
        const double rate = m_capture.get(cv::CAP_PROP_FPS), count = m_capture.get(cv::CAP_PROP_FRAME_COUNT);
        m_rate = rate > 0 && rate <= kMostRate ? rate : kUsualRate;
        m_frames = count >= 1 && count < 1e9 ? std::int64_t(count) : 1;
    }
    int width() const override { return m_width; }
    int height() const override { return m_height; }
    std::int64_t frames() const override { return m_frames; }
    double framesPerSecond() const override { return m_rate; }

    Image8 read(std::int64_t& number) override
    {
        number = std::clamp<std::int64_t>(number, 0, m_frames - 1);
        cv::Mat frame;
        if (!fetch(number, frame)) number = lastBefore(number, frame);
        checkSize(m_path, frame.cols, frame.rows);
        return rgbOf(frame);
    }

private:
    // Skipping forward is cheaper than seeking, which goes back to a key frame.
    bool goTo(std::int64_t number)
    {
        constexpr std::int64_t kNear = 60;
        if (number < m_next || number > m_next + kNear) {
            m_next = number;
            return m_capture.set(cv::CAP_PROP_POS_FRAMES, double(number));
        }
        return skipTo(number);
    }
    bool skipTo(std::int64_t number)
    {
        for (; m_next < number; ++m_next)
            if (!m_capture.grab()) return false;
        return true;
    }
    void rewind()
    {
        m_capture.open(m_absolute, cv::CAP_FFMPEG);
        m_next = 0;
    }
    bool fetch(std::int64_t number, cv::Mat& frame)
    {
        if (!goTo(number) || !m_capture.read(frame) || frame.empty()) return false;
        m_next = number + 1;
        return true;
    }
    // Containers guess how many frames they hold, and a film that was cut short has no index to seek with: counted
    // from the start, the last frame that can be read is the end.
    std::int64_t lastBefore(std::int64_t number, cv::Mat& frame)
    {
        rewind();
        cv::Mat next;
        for (frame.release(); m_next < number && m_capture.read(next) && !next.empty(); ++m_next) next.copyTo(frame);
        if (frame.empty()) refuseFilm(m_path);
        m_frames = m_next;
        return m_frames - 1;
    }

    std::string m_path, m_absolute;
    cv::VideoCapture m_capture;
    int m_width = 0, m_height = 0;
    double m_rate = 25;
    std::int64_t m_frames = 1, m_next = 0;
};

class Camera : public VideoReader {
public:
    explicit Camera(const std::string& source)
    {
        constexpr std::size_t kPrefix = 7; // "camera:"
        int index = -1;
        const char *begin = source.data() + std::min(kPrefix, source.size()), *end = source.data() + source.size();
        const auto [last, problem] = std::from_chars(begin, end, index);
        if (problem != std::errc() || last != end || index < 0 || !m_capture.open(index, cv::CAP_V4L2))
            throw Error(ErrorCode::DeviceMissing, source, "cannot be opened on the engine's computer",
                        "connect a camera, close other programs that use it, or choose another number");
        m_capture.set(cv::CAP_PROP_BUFFERSIZE, 1);
        m_width = int(m_capture.get(cv::CAP_PROP_FRAME_WIDTH)); // now: later the capture belongs to the thread
        m_height = int(m_capture.get(cv::CAP_PROP_FRAME_HEIGHT));
        m_rate = m_capture.get(cv::CAP_PROP_FPS);
        m_newest = std::make_unique<NewestFrame>([this](Image8& picture) {
            cv::Mat frame;
            if (!m_capture.read(frame) || frame.empty()) return false;
            picture = rgbOf(frame);
            return true;
        });
    }
    int width() const override { return m_width; }
    int height() const override { return m_height; }
    std::int64_t frames() const override { return 0; }
    double framesPerSecond() const override { return m_rate; }
    Image8 read(std::int64_t& number) override
    {
        Image8 picture;
        if (!m_newest->take(picture))
            throw Error(ErrorCode::ImageUnreadable, "camera", "stopped giving pictures", "connect it again");
        number = m_given++;
        return picture;
    }

private:
    cv::VideoCapture m_capture;
    int m_width = 0, m_height = 0;
    double m_rate = 0;
    std::int64_t m_given = 0;
    std::unique_ptr<NewestFrame> m_newest; // last: its thread reads m_capture
};

class FilmWriter : public VideoWriter {
public:
    FilmWriter(std::string path, double rate, int width, int height)
        : m_path(std::move(path)), m_area(0, 0, width & ~1, height & ~1) // encoders want even sides
    {
        const bool mp4 = m_path.ends_with(".mp4");
        if (!mp4 && !m_path.ends_with(".avi"))
            throw Error(ErrorCode::Usage, m_path, "is neither .mp4 nor .avi", "give the film such a name");
        const int code =
            mp4 ? cv::VideoWriter::fourcc('m', 'p', '4', 'v') : cv::VideoWriter::fourcc('M', 'J', 'P', 'G');
        if (!m_writer.open(m_path, cv::CAP_FFMPEG, code, rate, m_area.size())) refuse();
    }
    void add(const Image8& picture) override
    {
        const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.pixels.data()));
        cv::cvtColor(rgb(m_area), m_frame, cv::COLOR_RGB2BGR);
        m_writer.write(m_frame);
    }
    void finish() override
    {
        m_writer.release();
        std::error_code problem;
        const auto size = std::filesystem::file_size(m_path, problem);
        if (problem || size == 0) refuse();
    }

private:
    [[noreturn]] void refuse() const
    {
        throw Error(ErrorCode::WriteFailed, m_path, "could not be written as a film",
                    "choose another folder or free some space");
    }
    std::string m_path;
    cv::Rect m_area;
    cv::VideoWriter m_writer;
    cv::Mat m_frame;
};

} // namespace

std::unique_ptr<VideoReader> openVideo(const std::string& source)
{
    if (source.starts_with("camera:")) return std::make_unique<Camera>(source);
    return std::make_unique<Film>(source);
}

std::unique_ptr<VideoWriter> createVideo(const std::string& path, double framesPerSecond, int width, int height)
{
    return std::make_unique<FilmWriter>(path, framesPerSecond, width, height);
}

#else

namespace {

[[noreturn]] void refuse(const std::string& subject)
{
    throw Error(ErrorCode::ImageUnreadable, subject, "needs OpenCV, which this engine was built without",
                "use the engine of a Debian package");
}

} // namespace

std::unique_ptr<VideoReader> openVideo(const std::string& source)
{
    refuse(source);
}

std::unique_ptr<VideoWriter> createVideo(const std::string& path, double, int, int)
{
    refuse(path);
}

#endif

} // namespace headlens
