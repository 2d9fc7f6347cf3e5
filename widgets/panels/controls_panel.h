// SPDX-License-Identifier: GPL-3.0-or-later
// What to look at and how it is drawn: layer, head, direction, fit, colours.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace headlens {

class HiddenShare;
class MethodSettings;

class ControlsPanel : public QWidget {
    Q_OBJECT
public:
    ControlsPanel(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectSelection();
    void connectDisplay();
    void fromSelection();
    void fromDisplay();
    void retranslate();
    void buildComponents();
    void fromInput();
    void fillMaps();

    InspectionModel* m_model;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    QFormLayout* m_form;
    QList<QWidget*> m_fields; // those with a name beside them, from above
    QSpinBox *m_layer, *m_head;
    QComboBox *m_fusion, *m_map, *m_direction, *m_fit, *m_picture, *m_colormap, *m_scope;
    QSlider* m_opacity;
    QCheckBox *m_log, *m_smooth, *m_grid, *m_windows;
    MethodSettings* m_settings;
    QWidget* m_components; // recipe and fitting, while components are shown
    QComboBox* m_recipe;
    QPushButton *m_refit, *m_swap;
    HiddenShare* m_mask;
};

} // namespace headlens
