// SPDX-License-Identifier: GPL-3.0-or-later
// The measured numbers of a model as bars, beside its row while the mouse rests on it. Deletes itself when it
// closes.
#pragma once

#include "widgets/start/gallery.h"

#include <QWidget>

namespace headlens {

class ScoreTip : public QWidget {
    Q_OBJECT
public:
    ScoreTip(QString what, QList<GalleryScore> scores, QWidget* parent); // what: one line above them

    // Below the row at the place of the mouse, or above it where the screen ends; both in global coordinates.
    void showBeside(const QRect& row, const QPoint& mouse);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_what;
    QList<GalleryScore> m_scores;
};

} // namespace headlens
