// SPDX-License-Identifier: GPL-3.0-or-later
// Infini-attention of the chosen layer: the segments of the text, a gate a head, the memory as it fills, what it adds
// to the chosen token, and how much it saves. Window's thread.
#pragma once

#include "widgets/mechanisms/memory_state.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSlider;
class QSpinBox;
class QVBoxLayout;

namespace headlens {

class BranchBars;
class GateDials;
class MemoryMap;
class SegmentStrip;

class MemoryView : public QWidget {
    Q_OBJECT
public:
    MemoryView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    const MemoryState& state() const { return m_state; }
    bool hasMemory() const; // the input that is shown was run with one
    SegmentStrip* strip() const { return m_strip; }
    GateDials* dials() const { return m_dials; }
    // Size of the memory and of ordinary keys and values for a text of so many tokens, as a sentence.
    static QString calculation(const MemoryState& state, int tokens);
    QSize sizeHint() const override { return {360, 640}; }

Q_SIGNALS:
    void shown(); // everything asked for has come and is on the screen

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void ask();
    void take(const verbs::StateTensor& state);
    void refresh();
    void refreshDials();
    void refreshBranches();
    void refreshStrip();
    void say();
    int layerOfModel() const;
    int segmentLength() const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel *m_intro, *m_gates, *m_size, *m_honest, *m_lengthName;
    QWidget* m_parts;
    SegmentStrip* m_strip;
    QSlider* m_slider;
    GateDials* m_dials;
    MemoryMap* m_map;
    BranchBars* m_branches;
    QSpinBox* m_length;
    QCheckBox* m_forget;
    MemoryState m_state;
    int m_missing = 0; // answers on their way
    bool m_stale = true;
};

} // namespace headlens
