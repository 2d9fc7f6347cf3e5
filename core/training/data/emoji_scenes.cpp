// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/emoji_scenes.h"

#include "core/base/error.h"
#include "core/imaging/pil_resize.h"
#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

using Color = std::array<double, 3>;

Color randomColor(Random& random)
{
    return {random.real(0, 255), random.real(0, 255), random.real(0, 255)};
}

std::uint8_t byteOf(double value)
{
    return std::uint8_t(std::clamp(value + 0.5, 0.0, 255.0));
}

template <class ColorAt>
void paint(Image8& image, ColorAt colorAt)
{
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const Color color = colorAt(x, y);
            for (std::size_t c = 0; c < 3; ++c) image.at(x, y)[c] = byteOf(color[c]);
        }
}

Color between(const Color& a, const Color& b, double t)
{
    return {a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t};
}

// Smooth random colours: a coarse grid of noise, enlarged.
Image8 cloudy(Random& random, int side)
{
    const int cells = 2 + random.whole(7);
    Image8 coarse(cells, cells);
    const Color base = randomColor(random);
    const double spread = random.real(20, 130);
    for (std::size_t i = 0; i < coarse.pixels.size(); ++i)
        coarse.pixels[i] = byteOf(base[i % 3] + random.real(-spread, spread));
    return pilResize(coarse, side, side, Filter::Bicubic);
}

Image8 background(Random& random, int side)
{
    Image8 image(side, side);
    const Color a = randomColor(random), b = randomColor(random);
    const double angle = random.real(0, 6.283), cosine = std::cos(angle), sine = std::sin(angle);
    const double period = random.real(0.08, 0.4) * side;
    switch (random.whole(5)) {
    case 0: paint(image, [&](int, int) { return a; }); break;
    case 1:
        paint(image, [&](int x, int y) {
            return between(a, b, 0.5 + (x * cosine + y * sine) / side - 0.5 * (cosine + sine));
        });
        break;
    case 2:
        paint(image, [&](int x, int y) { return int(std::floor((x * cosine + y * sine) / period)) % 2 == 0 ? a : b; });
        break;
    case 3: paint(image, [&](int x, int y) { return (int(x / period) + int(y / period)) % 2 == 0 ? a : b; }); break;
    default: image = cloudy(random, side);
    }
    const double grain = random.chance(0.4) ? random.real(0, 18) : 0;
    if (grain > 0)
        for (std::uint8_t& value : image.pixels) value = byteOf(value + random.real(-grain, grain));
    return image;
}

void addShapes(Random& random, Image8& image)
{
    const double side = image.width;
    for (int n = random.whole(4); n > 0; --n) {
        const Color color = randomColor(random);
        const double cx = random.real(0, side), cy = random.real(0, side), r = random.real(0.03, 0.13) * side;
        const bool round = random.chance(0.5);
        for (int y = int(std::max(0.0, cy - r)); y < std::min(side, cy + r); ++y)
            for (int x = int(std::max(0.0, cx - r)); x < std::min(side, cx + r); ++x)
                if (!round || (x - cx) * (x - cx) + (y - cy) * (y - cy) < r * r)
                    for (std::size_t c = 0; c < 3; ++c) image.at(x, y)[c] = byteOf(color[c]);
    }
}

struct Placement {
    double cx, cy, size, angle;
    bool mirrored;
    bool grey;
    Color gain, shift; // per channel
};

Placement randomPlacement(Random& random, int side, bool hard)
{
    Placement p{};
    p.size = random.real(0.42, 0.95) * side;
    const double room = 0.5 * (side - p.size) + 0.06 * side;
    p.cx = 0.5 * side + random.real(-room, room);
    p.cy = 0.5 * side + random.real(-room, room);
    p.angle = random.real(-0.35, 0.35);
    p.mirrored = random.chance(0.5);
    p.grey = hard && random.chance(0.12);
    const double strength = hard ? 0.35 : 0.1;
    for (std::size_t c = 0; c < 3; ++c) {
        p.gain[c] = random.real(1 - strength, 1 + strength);
        p.shift[c] = random.real(-60, 60) * strength;
    }
    return p;
}

// Premultiplied bilinear sample of RGBA art at (u, v) in pixels; transparent outside.
std::array<double, 4> sample(const Image8& art, double u, double v)
{
    std::array<double, 4> sum{};
    const int x0 = int(std::floor(u - 0.5)), y0 = int(std::floor(v - 0.5));
    for (int dy = 0; dy < 2; ++dy)
        for (int dx = 0; dx < 2; ++dx) {
            const int x = x0 + dx, y = y0 + dy;
            if (x < 0 || y < 0 || x >= art.width || y >= art.height) continue;
            const double weight = (1 - std::abs(u - 0.5 - x)) * (1 - std::abs(v - 0.5 - y));
            const std::uint8_t* p = art.at(x, y);
            const double alpha = weight * p[3] / 255.0;
            for (std::size_t c = 0; c < 3; ++c) sum[c] += alpha * p[c];
            sum[3] += alpha;
        }
    return sum;
}

Color tinted(const std::array<double, 4>& pixel, const Placement& p)
{
    Color color{pixel[0] / pixel[3], pixel[1] / pixel[3], pixel[2] / pixel[3]};
    if (p.grey) color.fill(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]);
    for (std::size_t c = 0; c < 3; ++c) color[c] = std::clamp(color[c] * p.gain[c] + p.shift[c], 0.0, 255.0);
    return color;
}

void place(Image8& image, const Image8& original, const Placement& p)
{
    // Shrinking first keeps thin lines; the bilinear sampler alone would skip them.
    const int size = std::max(8, int(p.size));
    const Image8 art = size < original.width ? pilResize(original, size, size, Filter::Box) : original;
    const double scale = art.width / p.size, cosine = std::cos(p.angle), sine = std::sin(p.angle);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const double dx = x + 0.5 - p.cx, dy = y + 0.5 - p.cy;
            const double u = (dx * cosine + dy * sine) * (p.mirrored ? -scale : scale) + 0.5 * art.width;
            const double v = (dy * cosine - dx * sine) * scale + 0.5 * art.height;
            if (u < -1 || v < -1 || u > art.width + 1 || v > art.height + 1) continue;
            const auto pixel = sample(art, u, v);
            if (pixel[3] <= 0.004) continue;
            const Color color = tinted(pixel, p);
            for (std::size_t c = 0; c < 3; ++c) {
                std::uint8_t& target = image.at(x, y)[c];
                target = byteOf(color[c] * pixel[3] + target * (1 - pixel[3]));
            }
        }
}

} // namespace

SceneMaker::SceneMaker(const ArtLibrary& library, std::vector<std::string> styles)
    : m_byConcept(library.concepts().size())
{
    for (std::size_t i = 0; i < m_byConcept.size(); ++i) {
        for (const std::string& style : styles)
            for (const Image8& picture : library.pictures(style, i)) m_byConcept[i].push_back({int(i), &picture});
        if (m_byConcept[i].empty())
            throw Error(ErrorCode::FileMissing, library.concepts()[i].name, "has no picture in the chosen styles");
        m_names.push_back(library.concepts()[i].name);
    }
}

Scene SceneMaker::make(std::uint64_t seed, int side, bool hard) const
{
    Random random(seed);
    const auto& choices = m_byConcept[std::size_t(random.whole(int(m_byConcept.size())))];
    const Candidate& chosen = choices[std::size_t(random.whole(int(choices.size())))];
    Scene scene{background(random, side), chosen.label};
    addShapes(random, scene.picture);
    place(scene.picture, *chosen.picture, randomPlacement(random, side, hard));
    if (hard && random.chance(0.15)) { // out of focus
        const int small = int(side * random.real(0.4, 0.7));
        scene.picture =
            pilResize(pilResize(scene.picture, small, small, Filter::Bilinear), side, side, Filter::Bilinear);
    }
    return scene;
}

namespace {

struct NamedColor {
    const char* name;
    Color color;
};

const std::vector<NamedColor>& namedColors()
{
    static const std::vector<NamedColor> kColors{
        {"red", {205, 40, 40}},     {"green", {45, 150, 60}},   {"blue", {45, 85, 205}},    {"yellow", {240, 215, 60}},
        {"orange", {240, 140, 40}}, {"purple", {135, 60, 170}}, {"white", {245, 245, 245}}, {"black", {25, 25, 28}}};
    return kColors;
}

std::vector<std::string> wordsOf(const std::string& name)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : name + " ") {
        if (c != ' ' && c != '-') {
            word += c;
            continue;
        }
        if (!word.empty()) words.push_back(word);
        word.clear();
    }
    return words;
}

} // namespace

CaptionedScene SceneMaker::makeCaptioned(std::uint64_t seed, int side, bool hard) const
{
    Random random(seed);
    CaptionedScene scene;
    const bool coloured = random.chance(0.5);
    const NamedColor& ground = random.one(namedColors());
    scene.picture = Image8(side, side);
    if (coloured) {
        Color shade = ground.color;
        for (double& channel : shade) channel += random.real(-14, 14);
        paint(scene.picture, [&](int, int) { return shade; });
    } else {
        scene.picture = background(random, side);
    }
    const auto put = [&](double cx, double cy, double size) {
        const Candidate& chosen = random.one(m_byConcept[std::size_t(random.whole(int(m_byConcept.size())))]);
        Placement where = randomPlacement(random, side, hard);
        where.size = size * side;
        where.cx = cx * side + random.real(-0.04, 0.04) * side;
        where.cy = cy * side + random.real(-0.04, 0.04) * side;
        place(scene.picture, *chosen.picture, where);
        scene.concepts.push_back(chosen.label);
        const std::vector<std::string> name = wordsOf(m_names[std::size_t(chosen.label)]);
        scene.caption.push_back("a");
        scene.caption.insert(scene.caption.end(), name.begin(), name.end());
    };
    const auto say = [&](std::initializer_list<const char*> words) {
        scene.caption.insert(scene.caption.end(), words.begin(), words.end());
    };
    switch (random.whole(5)) {
    case 0:
        put(0.26, 0.5, random.real(0.4, 0.52));
        say({"left", "of"});
        put(0.74, 0.5, random.real(0.4, 0.52));
        break;
    case 1:
        put(0.5, 0.26, random.real(0.4, 0.52));
        say({"above"});
        put(0.5, 0.74, random.real(0.4, 0.52));
        break;
    case 2:
        put(0.74, 0.5, random.real(0.4, 0.52));
        say({"right", "of"});
        put(0.26, 0.5, random.real(0.4, 0.52));
        break;
    default: put(random.real(0.42, 0.58), random.real(0.42, 0.58), random.real(0.6, 0.92));
    }
    if (coloured) {
        say({"on", "a", ground.name});
        say({"background"});
    }
    return scene;
}

std::vector<std::string> SceneMaker::captionWords() const
{
    std::vector<std::string> words{"a", "left", "right", "of", "above", "on", "background"};
    for (const NamedColor& color : namedColors()) words.emplace_back(color.name);
    for (const std::string& name : m_names)
        for (const std::string& word : wordsOf(name)) words.push_back(word);
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::vector<std::string> SceneMaker::nameOf(int concept_) const
{
    return wordsOf(m_names.at(std::size_t(concept_)));
}

} // namespace headlens
