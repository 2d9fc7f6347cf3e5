// SPDX-License-Identifier: GPL-3.0-or-later
// The picture below the map: at the resolution of the screen, what the model does not see of it dimmed. Keeps what it
// scaled, which no query changes.
#pragma once

#include <QPixmap>

class QPainter;

namespace headlens {

struct CanvasScene;

class CanvasPhoto {
public:
    void paint(QPainter& painter, const CanvasScene& scene);
    // How often a picture was scaled, for tests of the cache.
    int scalings() const { return m_scalings; }

private:
    struct Key {
        qint64 picture = 0;
        QSize size; // in pixels of the screen
        QRectF seen;
        QRgb dimming = 0;
        bool operator==(const Key&) const = default;
    };
    Key m_key;
    QPixmap m_scaled;
    int m_scalings = 0;
};

// Rounds the corners of the picture, over everything that lies on it; `ground` is what lies around it.
void paintCorners(QPainter& painter, const CanvasScene& scene, const QColor& ground);

} // namespace headlens
