// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and pictures of a figure, made up: for tests of what is painted.
#pragma once

#include "widgets/figure/figure_data.h"

#include <QPainter>

#include <cmath>
#include <functional>

namespace headlens::test {

// A photograph: sky, ground, a disc.
inline QImage madeUpPicture(int width = 224, int height = 224)
{
    QImage image(width, height, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient sky(0, 0, 0, height);
    sky.setColorAt(0, QColor(90, 140, 210));
    sky.setColorAt(1, QColor(210, 225, 240));
    painter.fillRect(image.rect(), sky);
    painter.fillRect(0, height * 2 / 3, width, height, QColor(90, 120, 60));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(QColor(230, 120, 40));
    painter.drawEllipse(QPointF(width * 0.6, height * 0.45), width * 0.18, height * 0.18);
    return image;
}

// A hill of attention whose place depends on the panel.
inline FigurePanel madeUpPanel(int row, int column, const QImage& picture, int side = 14)
{
    FigurePanel panel;
    panel.gridWidth = panel.gridHeight = side;
    panel.picture = picture;
    panel.query = side * side / 2 + side / 4;
    const double cx = side * (0.3 + 0.1 * column), cy = side * (0.35 + 0.15 * row);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double far = std::hypot(x - cx, y - cy) / side;
            panel.values.push_back(float((0.02 + 0.01 * row) * std::exp(-40 * far * far)));
        }
    return panel;
}

inline FigureData madeUpFigure(const FigureLines& rows, const FigureLines& columns, int rowCount, int columnCount)
{
    FigureData data;
    data.content.model = QStringLiteral("emoji-vit");
    data.content.inputs << FigureInput{QStringLiteral("scene.png"), {}, {}, {}, {}, {}};
    data.content.subject.layer = 3;
    data.content.rows = rows;
    data.content.columns = columns;
    data.rows = rowCount;
    data.columns = columnCount;
    data.models = {{QStringLiteral("emoji-vit"), QString(64, QLatin1Char('a'))}};
    data.inputs = {{QStringLiteral("scene.png"), QString(64, QLatin1Char('b'))}};
    data.query = QStringLiteral("CLS");
    data.map = QStringLiteral("attention");
    const QImage picture = madeUpPicture();
    for (int row = 0; row < rowCount; ++row)
        for (int column = 0; column < columnCount; ++column) data.panels.push_back(madeUpPanel(row, column, picture));
    for (const int number : rows.numbers) data.rowNames << QString::number(number);
    for (const int number : columns.numbers) data.columnNames << QString::number(number);
    data.rowNames << rows.names;
    data.columnNames << columns.names;
    return data;
}

// Rows are heads, columns are layers.
inline FigureData madeUpHeadGrid(int heads = 3, int layers = 6)
{
    FigureLines rows{FigureAxis::Heads, {}, {}}, columns{FigureAxis::Layers, {}, {}};
    for (int i = 0; i < heads; ++i) rows.numbers << i;
    for (int i = 0; i < layers; ++i) columns.numbers << i;
    return madeUpFigure(rows, columns, heads, layers);
}

inline FigureSpec specOf(const FigureData& data)
{
    FigureSpec spec;
    spec.content = data.content;
    spec.look.palette = QStringLiteral("inferno");
    return spec;
}

// The photograph, then the heads.
inline FigureData madeUpPictureAndHeads(int heads)
{
    FigureLines columns{FigureAxis::Heads, {}, {}};
    for (int i = 0; i < heads; ++i) columns.numbers << i;
    FigureData data = madeUpFigure({}, columns, 1, heads);
    FigurePanel plain;
    plain.picture = data.panels.front().picture;
    data.panels.insert(data.panels.begin(), plain);
    data.content.pictureFirst = true;
    data.columnNames.prepend(QStringLiteral("picture"));
    ++data.columns;
    return data;
}

// Two sentences with their weights.
inline FigureData madeUpWords()
{
    FigureData data = madeUpFigure({}, {FigureAxis::Layers, {0, 1}, {}}, 1, 2);
    for (FigurePanel& panel : data.panels) {
        panel = {};
        panel.words =
            QStringList{"[CLS]", "the", "micro", "##scope", "shows", "what", "atten", "##tion", "does", "[SEP]"};
        panel.query = 2;
        for (int i = 0; i < panel.words.size(); ++i) panel.values.push_back(0.02F * float((i * 3) % 10));
    }
    return data;
}

// Maps of several methods: one below 0 in places, one that cannot be computed.
inline FigureData madeUpMethods()
{
    FigureLines columns{FigureAxis::Methods, {}, {"attention", "attention roll-out", "gradient times input", "Chefer"}};
    FigureData data = madeUpFigure({}, columns, 1, 4);
    data.panels[2].isSigned = true;
    for (std::size_t i = 0; i < data.panels[2].values.size(); i += 3) data.panels[2].values[i] *= -1;
    data.panels[3] = {};
    data.panels[3].picture = data.panels[0].picture;
    data.panels[3].why = QStringLiteral("needs gradients, which int8 has none of");
    return data;
}

inline FigureSpec specOf(const FigureData& data, FigurePreset preset,
                         const std::function<void(FigureSpec&)>& change = {})
{
    FigureSpec spec = specOf(data);
    spec.sheet.preset = preset;
    if (change) change(spec);
    return spec;
}

} // namespace headlens::test
