// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees when HeadLens opens without being told what to show: four large choices, the models that come
// along with what was measured of them, and the lessons. It only asks; the window opens. Everything is reached by Tab,
// arrows and Enter; Escape puts it away.
#pragma once

#include "widgets/start/gallery.h"

#include <QImage>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;

namespace headlens {

class Card;
class CardGrid;
class FoundSection;

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    void setModels(const QList<GalleryModel>& models);
    void setLessons(const QList<GalleryLesson>& lessons);
    // On cards of models that look at pictures; null: drawn icons.
    void setSample(const QImage& picture);
    void setShownAtStart(bool shown);
    FoundSection* found() const { return m_found; }
    const QList<Card*>& choices() const;     // picture, sentence, lesson, model
    const QList<Card*>& modelCards() const;  // as setModels()
    const QList<Card*>& lessonCards() const; // as setLessons()

Q_SIGNALS:
    void pictureWanted();
    void sentenceWanted();
    void modelWanted();
    void modelChosen(const QString& name);
    void lessonChosen(const QString& folder);
    void skipped();
    void shownAtStartChanged(bool shown);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    QWidget* buildFoot();
    void fillChoices();
    void fillModels();
    void fillLessons();
    void showLessons();
    void orderTabs(); // as one reads, in whatever order the cards came
    Card* cardBeside(const QWidget* from, int key) const;
    void go(int key); // to the neighbour in the direction of this arrow
    QList<Card*> allCards() const;
    void sizeHeadings();
    void retranslate();

    QList<GalleryModel> m_models;
    QList<GalleryLesson> m_lessons;
    QImage m_sample;
    QScrollArea* m_scroll;
    QLabel *m_question, *m_modelsTitle, *m_lessonsTitle, *m_hint;
    CardGrid *m_choices, *m_modelCards, *m_lessonCards;
    FoundSection* m_found;
    QCheckBox* m_atStart;
    QPushButton* m_skip;
};

} // namespace headlens
