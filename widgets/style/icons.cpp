// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::array kFiles{// workspaces
                            "look", "explain", "change", "compare", "statistics", "inside", "learn", "models",
                            // what is open
                            "model", "picture", "text", "film", "folder", "device",
                            // actions
                            "undo", "redo", "search", "figure", "copy", "save", "play", "pause", "close", "float",
                            "more", "add", "remove", "fold", "unfold", "reset", "settings", "present", "retry",
                            // how a map is drawn
                            "heat", "spotlight", "contours", "links", "side-by-side", "patches", "smooth", "palette",
                            "scale", "sort", "looks-at", "seen-by"};
static_assert(kFiles.size() == kIcons);

QColor colourOf(QIcon::Mode mode, QIcon::State state)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled) return palette.color(QPalette::Disabled, QPalette::ButtonText);
    if (mode == QIcon::Selected) return palette.color(QPalette::HighlightedText);
    return palette.color(state == QIcon::On ? QPalette::Highlight : QPalette::ButtonText);
}

// Drawn anew for every size and colour, so that it is sharp on every screen and follows the theme.
class LineIcon : public QIconEngine {
public:
    explicit LineIcon(Icon which) : m_which(which) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, iconPixmap(m_which, rect.size(), ratio, colourOf(mode, state)));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return iconPixmap(m_which, size, 1, colourOf(mode, state));
    }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }
    QString key() const override { return QStringLiteral("headlens-line"); }
    QIconEngine* clone() const override { return new LineIcon(m_which); }

private:
    Icon m_which;
};

} // namespace

QString iconFile(Icon which)
{
    return QStringLiteral(":/icons/line/%1.svg").arg(QLatin1String(kFiles[std::size_t(which)]));
}

QPixmap iconPixmap(Icon which, const QSize& size, double ratio, const QColor& colour)
{
    const QString key = QStringLiteral("headlens-line/%1/%2x%3@%4/%5")
                            .arg(int(which))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio)
                            .arg(colour.name());
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn)) return drawn;
    QFile file(iconFile(which));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QSvgRenderer lines(file.readAll().replace("currentColor", colour.name().toLatin1()));
    drawn = QPixmap(size * ratio);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    const double side = std::min(drawn.width(), drawn.height());
    lines.render(&painter, QRectF((drawn.width() - side) / 2, (drawn.height() - side) / 2, side, side));
    painter.end();
    drawn.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, drawn);
    return drawn;
}

QIcon icon(Icon which)
{
    return QIcon(new LineIcon(which));
}

} // namespace headlens
