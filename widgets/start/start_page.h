// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees when HeadLens opens without being told what to show: on the left a place to drop things with four
// doors and an example, on the right what was opened before and what can be opened. It only asks; the window opens.
// Everything is reached by Tab, arrows and Enter, and what is typed narrows the right side; Escape puts it away.
// As the page of the models it is the right side alone, with everything that was measured.
#pragma once

#include "widgets/start/gallery.h"

#include <QImage>
#include <QMimeData>
#include <QWidget>

class QAbstractButton;
class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace headlens {

class Card;
class FoundSection;
class LessonList;
class RecentSection;
class Shelf;
class Welcome;

class StartPage : public QWidget {
    Q_OBJECT
public:
    enum class Mode : int { Start, Models };

    explicit StartPage(QWidget* parent = nullptr);

    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    void setModels(const QList<GalleryModel>& models);
    void setLessons(const QList<GalleryLesson>& lessons);
    // On models that look at pictures; null: icons.
    void setSample(const QImage& picture);
    void setExample(const GalleryExample& example);
    void setShownAtStart(bool shown);
    FoundSection* found() const;
    RecentSection* recent() const;
    LessonList* lessons() const;
    Welcome* welcome() const { return m_welcome; }
    QLineEdit* filter() const;
    QList<QAbstractButton*> doors() const;  // picture, sentence, model, lesson
    QList<QAbstractButton*> models() const; // grouped; lines, or cards on the page of the models

Q_SIGNALS:
    void pictureWanted();
    void sentenceWanted();
    void modelWanted();
    void exampleWanted();
    void dropped(const QMimeData* what);
    void modelChosen(const QString& name);
    void lessonChosen(const QString& folder);
    void commandCopied(const QString& command);
    void skipped();
    void shownAtStartChanged(bool shown);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void listen();
    QWidget* buildFoot();
    void arrange();                // side by side where there is room
    void orderTabs();              // as one reads, in whatever order things came
    QList<QWidget*> stops() const; // of the arrow keys
    void go(int key);              // to the neighbour in the direction of this arrow
    void retranslate();

    Mode m_mode = Mode::Start;
    Welcome* m_welcome;
    Shelf* m_shelf;
    QScrollArea* m_left; // around the welcome while both stand side by side
    QHBoxLayout* m_sides;
    QWidget* m_foot;
    QLabel* m_hint;
    QCheckBox* m_atStart;
    QPushButton* m_skip;
};

} // namespace headlens
