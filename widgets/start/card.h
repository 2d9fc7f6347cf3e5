// SPDX-License-Identifier: GPL-3.0-or-later
// A button that says more than a word: a drawing or picture, a name, what it is, and measured numbers. As high as its
// text needs in the width it has.
#pragma once

#include "widgets/start/card_icon.h"
#include "widgets/start/text_button.h"

#include <QImage>

namespace headlens {

struct CardContent {
    CardIcon icon = CardIcon::Model;
    QImage picture; // in place of the icon; null: none
    QString name, title, note;
    QList<GalleryScore> scores;
    bool isLarge = false; // stands alone
};

class Card : public TextButton {
    Q_OBJECT
public:
    explicit Card(CardContent content, QWidget* parent = nullptr);

    const CardContent& content() const { return m_content; }
    void setContent(CardContent content);
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Text> laidOut(int width, int& height) const override; // the height without the scores
    int iconSide() const;

    CardContent m_content;
};

} // namespace headlens
