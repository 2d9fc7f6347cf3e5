// SPDX-License-Identifier: GPL-3.0-or-later
// All layers and heads as small maps of the current query, as large as its room allows; click chooses, Ctrl-click
// overlays, X or the middle button silences, the middle button held draws a factor, Shift a band around heads. Under
// headings that fold, or sorted by a number of every head. What mouse and keys do is in head_grid_input.h.
#pragma once

#include "widgets/heads/head_layout.h"
#include "widgets/heads/head_sections.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPixmap>
#include <QSet>
#include <QVariantAnimation>
#include <QWidget>

namespace headlens {

class HeadGridInput;
class HeadOrder;

class HeadGrid : public QWidget {
    Q_OBJECT
public:
    HeadGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    HeadOrder* order() const { return m_order; }
    const HeadLayout& layoutOfHeads() const { return m_layout; }
    QRectF cellRect(int layer, int head) const; // empty: it is folded away
    QSize sizeHint() const override { return {380, 380}; }
    QString describe(const HeadPlace& place) const; // for people who do not see it
    void choose(const HeadPlace& place);
    bool isChosen(const HeadPlace& place) const;

    const std::vector<HeadSection>& sections() const { return m_sections; }
    bool isFolded(const HeadSection& section) const { return m_folded.contains(section.key()); }
    void setFolded(const HeadSection& section, bool folded); // until another model is opened

    const HeadPlace& looked() const; // under the mouse or the arrow keys; layer -1: none
    void arrange();                  // for the room that there is now

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks
    void lookedChanged();
    void reached(const QRect& part); // by keyboard: it is to be seen

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    QSizeF room() const;
    HeadsToPlace headsToPlace() const;
    void startAnew(); // another run: nothing is looked at
    void repaintCells(const HeadPlace& one, const HeadPlace& other);
    void tellChosen();
    void tellHeading(); // the one that has the focus
    void emphasise();   // heads that a lesson does not speak of step back, in a quarter of a second
    const QPixmap& hatched();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    Emphasis* m_emphasis;
    DisplaySettings* m_display;
    HeadOrder* m_order;
    QVariantAnimation m_veil; // over the others, 0 to 1
    std::vector<HeadSection> m_sections;
    QSet<QString> m_folded; // keys of sections
    HeadLayout m_layout;
    HeadGridInput* m_input;
    QPixmap m_hatched; // of the size of a cell; null: to be made
};

} // namespace headlens
