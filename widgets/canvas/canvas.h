// SPDX-License-Identifier: GPL-3.0-or-later
// The picture with its patches: hover asks, a click pins, the chosen map lies over it.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/view_transform.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace headlens {

class Canvas : public QWidget {
    Q_OBJECT
public:
    Canvas(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void zoomBy(double factor);
    void fitToWindow();
    // The token under a widget point: a patch of the picture or a chip; -1 none.
    int tokenAt(const QPointF& point) const;
    // Where a token is drawn, in widget points.
    QRectF rectOf(int token) const;
    QString caption() const;
    QString mapCaption() const;                       // what is shown, in words
    QRectF colourBar() const { return legend().bar; } // in widget points; empty without one
    QSize sizeHint() const override { return {560, 560}; }
    QSize minimumSizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks and tests

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    static constexpr double kMargin = 10, kBarHeight = 44; // around the picture; least height of what lies below it
    // Colour bar, its numbers and the caption, at the lower edge.
    struct Legend {
        QRectF bar, numbers, caption;
        double height = kBarHeight;
    };
    Legend legend() const;
    bool showsBar() const;
    const QImage& picture() const;
    // Where the patches of a layer lie, in pixels of the shown picture.
    QRectF gridInPicture(const TokenLayout& layout) const;
    QRectF gridInPicture() const { return gridInPicture(m_model->rows()->imageLayout()); }
    QSizeF contentSize() const; // of the picture and of every map over it: padding reaches beyond
    QRectF pictureArea() const; // the part of the widget left of and above chips and colour bar
    QRectF chipRect(int token) const;
    const TokenLayout& pictureTokens() const; // special tokens and patches, behind the words of a mixed sequence
    bool lookedAtPicture() const;             // the rows of the chosen layer lie on patches
    bool selectionIsHere() const;             // the chosen token belongs to the picture's sequence
    void paintPicture(QPainter& painter);
    void paintHidden(QPainter& painter) const;
    void paintPassedBy(QPainter& painter) const;
    void paintTaken(QPainter& painter) const;
    void paintHeat(QPainter& painter) const;
    void paintTokenMap(QPainter& painter) const;
    void paintHeads(QPainter& painter) const;
    void paintContour(QPainter& painter, const std::vector<bool>& kept, const TokenLayout& layout,
                      const QColor& color) const;
    void paintWindows(QPainter& painter) const;
    ValueScale shownScale() const; // of the map that is shown, for the colour bar
    void paintOverlay(QPainter& painter, const QImage& patches, const QRectF& target) const;
    void paintGridLines(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintChips(QPainter& painter) const;
    void paintColorBar(QPainter& painter, const Legend& legend) const;
    QString rowCaption() const;
    void paintLegend(QPainter& painter) const;
    void paintInset(QPainter& painter, const Legend& legend) const;
    void paintEmpty(QPainter& painter) const;
    void onInput();
    void step(int dx, int dy);
    void announce();

    InspectionModel* m_model;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    ViewTransform m_view;
    QSizeF m_content;       // of the last picture
    QPixmap m_scaled;       // the picture at the current zoom: hovering must not scale it again
    qint64 m_scaledKey = 0; // of the image it was made from
    QTimer m_late;          // paints the moved query alone when its rows take longer than a frame
    QPointF m_dragFrom;
    bool m_dragging = false;
};

} // namespace headlens
