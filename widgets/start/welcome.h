// SPDX-License-Identifier: GPL-3.0-or-later
// The left side of the start page: where things are dropped, with the four doors in it, and below it an example that
// is there at one click.
#pragma once

#include "widgets/start/gallery.h"

#include <QMimeData>
#include <QWidget>

#include <array>

class QAbstractButton;
class QGridLayout;
class QLabel;
class QPushButton;

namespace headlens {

class Card;
class DropArea;

class Welcome : public QWidget {
    Q_OBJECT
public:
    explicit Welcome(QWidget* parent = nullptr);

    void setExample(const GalleryExample& example);
    QList<QAbstractButton*> doors() const; // picture, sentence, model, lesson
    Card* example() const { return m_card; }
    DropArea* area() const { return m_area; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pictureWanted();
    void sentenceWanted();
    void modelWanted();
    void lessonWanted();
    void exampleWanted();
    void dropped(const QMimeData* what);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void placeDoors(); // beside each other where their words have room
    void sizeParts();
    void retranslate();

    GalleryExample m_example;
    DropArea* m_area;
    QLabel *m_title, *m_hint;
    QGridLayout* m_grid;
    std::array<QPushButton*, 4> m_doors{};
    Card* m_card;
    int m_across = 0; // doors in a row
};

} // namespace headlens
