// SPDX-License-Identifier: GPL-3.0-or-later
// The encoder–decoder of 2017 at a glance, for one written token: what was written so far (decoder), where it looks in
// the source (cross), and how that word of the source was read (encoder) – one head of one depth, side by side.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

#include <array>

namespace headlens {

class ThreeAttentions : public QWidget {
    Q_OBJECT
public:
    enum Part : int { Encoder, Cross, Decoder };
    // One of the three: its block, its map and what stands along it.
    struct Map {
        int block = -1, head = 0;
        int queryStream = 0, keyStream = 0;
        int rows = 0, columns = 0;
        std::vector<float> values; // [queries,keys]
        int marked = -1;           // the row the story is about
    };

    ThreeAttentions(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    const Map& map(Part part) const { return m_maps[std::size_t(part)]; }
    QRectF cellRect(Part part, int row, int column) const; // for tests and for those who point at it
    QString story() const { return m_story; }              // the three rows in words
    QSize minimumSizeHint() const override { return {420, 200}; }
    QSize sizeHint() const override { return {760, 300}; }

Q_SIGNALS:
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Place {
        int part = -1, row = 0, column = 0;
    };
    void ask();
    void take(Part part, const verbs::TileMeans& tile);
    void tell();
    int writtenToken() const;
    QStringList wordsOf(int stream) const;
    QString titleOf(Part part) const;
    QRectF frameOf(Part part) const; // title, labels and map
    QRectF mapRect(Part part) const;
    Place placeAt(const QPointF& point) const;
    void paintMap(QPainter& painter, Part part) const;
    void paintLabels(QPainter& painter, Part part) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    std::array<Map, 3> m_maps;
    QString m_story;
    QTimer m_wanted; // collects the changes of one event round
};

} // namespace headlens
