// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_svg.h"

#include "widgets/figure/figure_heat.h"

#include <QFontInfo>
#include <QImage>
#include <QRegularExpression>

#include <map>

namespace headlens {
namespace {

// One path a colour; neighbours of a row in one piece. In pixels of the image.
QByteArray pathsOf(const QImage& image)
{
    std::map<QRgb, QByteArray> paths;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0, next = 0; x < image.width(); x = next) {
            const QRgb color = image.pixel(x, y);
            for (next = x + 1; next < image.width() && image.pixel(next, y) == color;) ++next;
            if (qAlpha(color) == 0) continue;
            const QByteArray wide = QByteArray::number(next - x);
            paths[color] +=
                'M' + QByteArray::number(x) + ' ' + QByteArray::number(y) + 'h' + wide + "v1h-" + wide + 'z';
        }
    QByteArray all;
    for (const auto& [color, path] : paths) {
        all += "<path fill=\"" + QColor(color).name().toLatin1() + '"';
        if (qAlpha(color) < 255) all += " fill-opacity=\"" + QByteArray::number(qAlpha(color) / 255.0, 'g', 3) + '"';
        all += " d=\"" + path + "\"/>\n";
    }
    return all;
}

// Hard borders without seams: no viewer may blend neighbours with what lies below them.
QByteArray rectanglesOf(const QRegularExpressionMatch& found, const QImage& image)
{
    const auto number = [&found](const char* name) { return found.captured(QLatin1String(name)).toDouble(); };
    return QStringLiteral(
               "<g shape-rendering=\"crispEdges\" stroke=\"none\" transform=\"translate(%1 %2) scale(%3 %4)\">")
               .arg(number("x"))
               .arg(number("y"))
               .arg(number("w") / image.width(), 0, 'g', 8)
               .arg(number("h") / image.height(), 0, 'g', 8)
               .toLatin1() +
           '\n' + pathsOf(image) + "</g>";
}

QString withRectangles(const QString& svg)
{
    static const QRegularExpression kImage(QStringLiteral(
        "<image x=\"(?<x>[^\"]*)\" y=\"(?<y>[^\"]*)\" width=\"(?<w>[^\"]*)\" height=\"(?<h>[^\"]*)\"[^>]*"
        "href=\"data:image/png;base64,(?<png>[^\"]*)\"[^>]*/>"));
    QString out;
    qsizetype from = 0;
    for (auto hits = kImage.globalMatch(svg); hits.hasNext();) {
        const QRegularExpressionMatch hit = hits.next();
        const QImage image = QImage::fromData(QByteArray::fromBase64(hit.captured("png").toLatin1()), "png");
        if (image.text(QString::fromLatin1(kPatchImage)).isEmpty()) continue;
        out += svg.mid(from, hit.capturedStart() - from) + QString::fromLatin1(rectanglesOf(hit, image));
        from = hit.capturedEnd();
    }
    return out + svg.mid(from);
}

// "Sans Serif", which Qt takes for the usual font, is no family for other programs.
QString withFamilies(QString svg)
{
    static const QRegularExpression kFamily(QStringLiteral("font-family=\"([^\"]*)\""));
    std::map<QString, QString> families;
    for (auto hits = kFamily.globalMatch(svg); hits.hasNext();) families[hits.next().captured(1)];
    for (const auto& [asked, unused] : families) {
        const QFontInfo found{QFont(asked)};
        const QString last = found.fixedPitch()                                 ? QStringLiteral("monospace")
                             : found.family().endsWith(QLatin1String(" Serif")) ? QStringLiteral("serif")
                                                                                : QStringLiteral("sans-serif");
        svg.replace(QStringLiteral("font-family=\"%1\"").arg(asked),
                    QStringLiteral("font-family=\"'%1', %2\"").arg(found.family(), last));
    }
    return svg;
}

} // namespace

QByteArray finishedSvg(const QByteArray& svg)
{
    return withFamilies(withRectangles(QString::fromUtf8(svg))).toUtf8();
}

} // namespace headlens
