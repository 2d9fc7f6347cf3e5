// SPDX-License-Identifier: GPL-3.0-or-later
// How maps are drawn. Nothing here changes a number, only its picture.
#pragma once

#include "core/base/attention_math.h"

#include <QObject>
#include <QString>

#include <algorithm>

namespace headlens {

enum class ScaleScope : int { Map, Layer, Global };
// What is shown below the map.
enum class Ground : int { Seen, Original, Reconstruction, Components };

// How the weights lie over the picture.
enum class OverlayStyle : int {
    Heat,      // colour, its opacity growing with the weight
    Spotlight, // what gets no weight is dimmed
    Contours,  // lines around the patches that hold 50, 80 and 95 % of the weight
    Links,     // curves from the query to the patches that hold 80 % of the weight
    SideBySide // the map beside the picture
};

struct Display {
    OverlayStyle style = OverlayStyle::Heat;
    QString colormap;                              // as chosen; empty: the one of the theme
    QString automatic = QStringLiteral("viridis"); // what that is: DisplaySettings sets it
    double opacity = 0.85;                         // of the strongest patch; the others in proportion
    bool smooth = false;                           // bicubic; off by default: interpolated attention misleads
    bool logarithmic = false;
    bool gridLines = true;
    bool windowGrid = true;           // of windowed blocks, over the picture
    Ground ground = Ground::Original; // the whole picture with the seen part in place
    bool sharpComponents = false;     // DINOv3's recipe for the components instead of DINOv2's
    bool maskByMass = false;          // paint only the patches that hold keepMass of the row
    double keepMass = 0.6;            // the DINO authors' default
    ScaleScope scope = ScaleScope::Map;
    bool withoutSinks = false; // the first token and separators of a text do not count in the scale
    bool difference = false;   // numbers are those of a run minus those of another: set by displayFor(), not by hand

    QString colors() const
    {
        return difference ? QStringLiteral("difference") : colormap.isEmpty() ? automatic : colormap;
    }
    // From 0, or of differences as far below 0 as above: 0 has the middle colour even where nothing differs, and what
    // float32 rounds away is not painted as a difference.
    ValueScale scaleTo(float high) const
    {
        constexpr float kLeastDifference = 1e-6F;
        const float farthest = std::max(high, kLeastDifference);
        return difference ? ValueScale{-farthest, farthest, false} : ValueScale{0, high, logarithmic};
    }

    bool operator==(const Display&) const = default;
};

class DisplaySettings : public QObject {
    Q_OBJECT
public:
    explicit DisplaySettings(QObject* parent = nullptr); // follows the theme of the application
    const Display& get() const { return m_display; }
    void set(const Display& display); // but for what the theme decides
    // Changes one field: change([](Display& d) { d.opacity = 0.5; }).
    template <class Change>
    void change(Change change)
    {
        Display next = m_display;
        change(next);
        set(next);
    }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void replace(const Display& display);

    Display m_display;
};

} // namespace headlens
