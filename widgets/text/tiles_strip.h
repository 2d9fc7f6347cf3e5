// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens of a sentence as tiles of one height, in lines: words, and vectors that a picture, a state or an object
// put among them. Below each a bar: how much the query looks at it. Window's thread.
#pragma once

#include "widgets/text/tile_paint.h"
#include "widgets/text/tiles.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

class TilesStrip : public QWidget {
    Q_OBJECT
public:
    TilesStrip(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    const std::vector<verbs::TextToken>& tokens() const; // of the first stream
    QRectF tileRect(int token) const;
    QRectF barRect(int token) const; // empty where nothing is known of its attention
    std::optional<float> valueOf(int token) const;
    int strongest() const;             // the tile the query looks at most; -1: not known
    int looked() const;                // under the mouse, or the query; -1: none
    QString near(int token) const;     // the words nearest to an injected one; empty of a word
    QString sentence(int token) const; // everything that is known of it
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {240, 60}; }
    QSize sizeHint() const override { return {420, heightForWidth(std::max(width(), 240))}; }

Q_SIGNALS:
    void lookedChanged();
    void removeAsked(int token);
    void swapAsked(int token, const QString& word);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void refresh();
    void tell();
    void arrange(int width) const;
    double tileHeight() const;
    double lineStep() const;
    double widthOf(int token) const;
    int tokenAt(const QPointF& point) const;
    int query() const; // -1: a token of another stream
    void goTo(int token);
    void goToLine(int by);
    void offer(int token, const QPoint& where);
    QImage patch(int token) const;
    TilePicture pictureOf(int token) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    std::vector<float> m_row; // of the query in the chosen layer; empty: not known
    int m_hovered = -1;
    mutable std::vector<TilePlace> m_places; // for m_width
    mutable int m_width = -1;
};

} // namespace headlens
