// SPDX-License-Identifier: GPL-3.0-or-later
// A button that says more than a word: a drawing or picture, a name, what it is, and measured numbers. As high as its
// text needs in the width it has.
#pragma once

#include "widgets/start/card_icon.h"

#include <QAbstractButton>
#include <QImage>

namespace headlens {

struct CardContent {
    CardIcon icon = CardIcon::Model;
    QImage picture; // in place of the icon; null: none
    QString name, title, note;
    QList<GalleryScore> scores;
    bool isLarge = false; // stands alone
};

class Card : public QAbstractButton {
    Q_OBJECT
public:
    explicit Card(CardContent content, QWidget* parent = nullptr);

    const CardContent& content() const { return m_content; }
    void setContent(CardContent content);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Text {
        QString words;
        QFont font;
        QPalette::ColorRole role;
        QRect place;
    };
    // All texts in their places; the height of everything in `height`.
    QList<Text> laidOut(int width, int& height) const;
    int iconSide() const;

    CardContent m_content;
};

} // namespace headlens
