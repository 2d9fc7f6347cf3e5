// SPDX-License-Identifier: GPL-3.0-or-later
// What rows and cards share: a button of several texts, as high as they need in the width it has. Enter presses it, the
// arrows go to whoever knows its neighbours.
#pragma once

#include "widgets/start/gallery.h"

#include <QAbstractButton>
#include <QFont>
#include <QList>
#include <QPalette>
#include <QRect>

namespace headlens {

class TextButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit TextButton(QSizePolicy::Policy across, QWidget* parent);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    struct Text {
        QString words;
        QFont font;
        QPalette::ColorRole role;
        QRect place;
    };
    // All texts in their places at a width; in `height` that of everything, in pixels.
    virtual QList<Text> laidOut(int width, int& height) const = 0;
    // To who does not see it: empty words are left out.
    void tell(const QString& name, const QStringList& words, const QList<GalleryScore>& scores);
    void paintTexts(QPainter& painter) const;

    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace headlens
