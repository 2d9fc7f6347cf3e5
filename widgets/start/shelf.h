// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of the start page, which scrolls: a field that narrows everything below it, what was opened before,
// the models found here, how to get more, the models that come along, and the lessons.
#pragma once

#include <QWidget>

class QLabel;
class QAction;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace headlens {

class FoundSection;
class GetSection;
class LessonList;
class RecentSection;
class Section;
class TeachingSection;

class Shelf : public QWidget {
    Q_OBJECT
public:
    explicit Shelf(QWidget* parent = nullptr);

    RecentSection* recent() const { return m_recent; }
    FoundSection* found() const { return m_found; }
    GetSection* get() const { return m_get; }
    TeachingSection* teaching() const { return m_teaching; }
    LessonList* lessons() const { return m_lessons; }
    QLineEdit* filter() const { return m_filter; }
    QScrollArea* scroll() const { return m_scroll; }
    // Models alone, with all that was measured of them; otherwise a line each, and the lessons.
    void setModelsAlone(bool alone);
    // Scrolls with it, above everything; null: nothing does.
    void setAbove(QWidget* above);
    QList<QWidget*> controls() const; // as one reads
    bool chooseFirst();               // what the filter has left; false: nothing
    void showLessons();

Q_SIGNALS:
    void controlsChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    QList<Section*> sections() const;
    void narrow();
    void retranslate();

    QLineEdit* m_filter;
    QAction* m_lens;
    QLabel* m_nothing;
    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    RecentSection* m_recent;
    FoundSection* m_found;
    GetSection* m_get;
    TeachingSection* m_teaching;
    LessonList* m_lessons;
    bool m_isModelsAlone = false;
};

} // namespace headlens
